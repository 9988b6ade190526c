"""A program with a token, and an album that it may add to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from gallery import create_app, ingest, processing
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.editing import duplication, moving, rewriting, trash
from gallery.editing import image_editing as editing
from gallery.models import token
from gallery.models.album import create_album
from gallery.models.event import Event
from gallery.models.image import Image
from gallery.models.user import Role, User
from tests.conftest import Client, NewGallery
from tests.serving import Server, child_environ, serving

ALBUM = "00100000123BB175"


@dataclass(frozen=True, slots=True)
class Program:
    """Calls with its token."""

    app: Flask
    token: str

    def call(self, method: str, path: str, **more: Any) -> TestResponse:
        """The answer to one call."""
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        client = Client(self.app, self.app.response_class)
        return client.open(path, method=method, headers=headers, **more)

    def upload(
        self, content: bytes | None, album_id: str = ALBUM, name: str = "a.jpg", **fields: Any
    ) -> TestResponse:
        """Send a form."""
        file = {} if content is None else {"file": FileStorage(BytesIO(content), name)}
        boundary, body = encode_multipart(file | fields)
        content_type = f"multipart/form-data; boundary={boundary}"
        return self.call("POST", f"/api/v1/albums/{album_id}/images", data=body, content_type=content_type)


@pytest.fixture
def program(app: Flask, settings: Settings, make_user: Callable[..., User], make_album: Any) -> Program:
    """A member's."""
    user = make_user(sfid="005A")
    make_album(ALBUM, user)
    return Program(app, token.issue(user, settings))


@pytest.fixture
def stranger(app: Flask, settings: Settings, make_user: Callable[..., User]) -> Program:
    """Somebody's who is a member of nothing."""
    return Program(app, token.issue(make_user("stranger@example.org"), settings))


@pytest.fixture
def admin(app: Flask, settings: Settings, make_user: Callable[..., User]) -> Program:
    """An admin's."""
    return Program(app, token.issue(make_user("admin@example.org", Role.ADMIN), settings))


@pytest.fixture
def images(app: Flask) -> Callable[[], list[Image]]:
    """Every image there is, read anew."""

    def read() -> list[Image]:
        with app.app_context():
            found = list(db.session.scalars(sa.select(Image).order_by(Image.number)))
            db.session.expunge_all()
            return found

    return read


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[tuple[Event, list[str], str | None]]]:
    """What was announced since: (event, ids of images, name of a tag)."""
    heard: list[tuple[Event, list[str], str | None]] = []

    def note(event: Event, images: Iterable[Image], *, tag_name: str | None = None) -> None:
        if ids := [image.id for image in images]:
            heard.append((event, ids, tag_name))

    for listening in (duplication, editing, ingest, moving, processing, rewriting, trash):
        monkeypatch.setattr(listening, "announce", note)
    return lambda: heard


@pytest.fixture
def stored(settings: Settings) -> Callable[[], list[Path]]:
    """Every file below the originals and the uploads under way."""

    def find() -> list[Path]:
        folders = (settings.originals, settings.incoming_uploads)
        return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())

    return find


@dataclass(frozen=True, slots=True)
class Site:
    """A running gallery with an admin's token."""

    environ: dict[str, str]
    token: str
    server: Server

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def headers(self) -> dict[str, str]:
        """Of every call."""
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="module")
def site(new_gallery: NewGallery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for the module, with an album A."""
    with new_gallery("sqlite", tmp_path_factory.mktemp("site"), SECRET_KEY="s") as environ:
        issued = admin_token(environ)
        with serving(child_environ(**environ)) as server:
            yield Site(environ, issued, server)


def admin_token(environ: dict[str, str]) -> str:
    """Add an admin and the album A."""
    app = create_app(load_settings({f"GALLERY_{name}": value for name, value in environ.items()}))
    with app.app_context():
        begin_write()
        user = User.create("admin@example.org", "correct horse", role=Role.ADMIN)
        db.session.add(user)
        create_album("A")
        db.session.commit()
        issued = token.issue(user, app.config["GALLERY"])
        db.session.remove()
        db.engine.dispose()
    return issued
