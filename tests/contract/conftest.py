"""The contract's document, loaded into a gallery that a real server answers for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gallery import create_app
from gallery.config import load_settings
from gallery.db import db
from gallery.models import token
from gallery.models.user import Role, User
from tests.conftest import NewGallery
from tests.postgresql import Cluster
from tests.serving import Answer, Server, child_environ, flask, serving

PAYLOAD = Path(__file__).with_name("payload.json")
PROOF_SETTINGS = {
    "DELIVERY_URL": "https://res.cloudinary.com/sadaasdasd",
    "PROXY_URL": "https://sharinpix-proxy-dev.herokuapp.com",
    "APP_HOST": "localhost",
    "TIME_ZONE": "Europe/Paris",
}
ROUTE = "/api/v1/image_syncs"


@dataclass(frozen=True, slots=True)
class Site:
    """A running gallery that holds the document's four images, and an admin's token."""

    server: Server
    token: str
    environ: dict[str, str]
    """Its settings, by name without prefix."""

    def sync(self, query: str = "", **headers: str) -> Answer:
        """The answer to a call with the token."""
        return self.server.request(
            ROUTE + query, headers={"Authorization": f"Token token={self.token}"} | headers
        )


@pytest.fixture(scope="session")
def payload() -> list[dict[str, Any]]:
    """The four records."""
    records: list[dict[str, Any]] = json.loads(PAYLOAD.read_bytes())
    return records


@pytest.fixture(scope="session")
def body(payload: list[dict[str, Any]]) -> bytes:
    """The document's body, made without the gallery's encoder."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    for character in "&<>":
        text = text.replace(character, f"\\u{ord(character):04x}")
    assert len(text.encode()) == 11_775
    return text.encode()


@pytest.fixture(scope="session")
def document_query(payload: list[dict[str, Any]]) -> str:
    """The query of the document's request."""
    return "?" + "&".join(f"ids[]={record['id']}" for record in payload)


@pytest.fixture(scope="session")
def sqlite_site(new_gallery: NewGallery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site that holds the document, on SQLite."""
    folder = tmp_path_factory.mktemp("site")
    with new_gallery("sqlite", folder, **PROOF_SETTINGS) as environ, loaded_site(environ) as site:
        yield site


@pytest.fixture(scope="session")
def postgresql_site(
    cluster: Cluster, new_gallery: NewGallery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The same on PostgreSQL, and gone before the cluster."""
    folder = tmp_path_factory.mktemp("site")
    with new_gallery("postgresql", folder, **PROOF_SETTINGS) as environ, loaded_site(environ) as site:
        yield site


@pytest.fixture
def site(engine: str, request: pytest.FixtureRequest) -> Site:
    """The running site on the engine of this test."""
    found: Site = request.getfixturevalue(f"{engine}_site")
    return found


@contextmanager
def loaded_site(environ: dict[str, str]) -> Iterator[Site]:
    """The document loaded by the command, as an operator would, and an admin with a token."""
    pulled = flask(child_environ(**environ), "pull", "--file", PAYLOAD)
    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    app = create_app(load_settings({f"GALLERY_{name}": value for name, value in environ.items()}))
    with app.app_context():
        user = User.create("sync@example.org", "correct horse", role=Role.ADMIN)
        db.session.add(user)
        db.session.commit()
        issued = token.issue(user, app.config["GALLERY"])
        db.session.remove()
        db.engine.dispose()
    with serving(child_environ(**environ)) as server:
        yield Site(server, issued, environ)
