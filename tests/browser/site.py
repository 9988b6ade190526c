"""A gallery that runs for the browser, and what its database holds."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from flask import Flask

from gallery import create_app
from gallery.config import load_settings
from gallery.db import db
from gallery.models.user import find_by_email
from tests.serving import child_environ, flask, serving

PASSWORD = "correct horse"
MEMBER = "ann@example.org"
STRANGER = "bob@example.org"
ADMIN = "ada@example.org"
"""Where a test's gallery has one."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running gallery."""

    address: str
    environ: Mapping[str, str]
    """Its settings, by name without prefix."""
    cookies: Mapping[str, str]
    """By e-mail address the session of somebody who has signed in."""

    def get(self, path: str, **headers: str) -> bytes:
        """The body that a program gets."""
        with urlopen(Request(self.address + path, headers=headers)) as answer:
            body: bytes = answer.read()
            return body

    def rows(self, question: str, *values: Any) -> list[Any]:
        """Asks the database itself, past all code of the gallery."""
        path = Path(self.environ["INSTANCE"]) / "gallery.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(question, values).fetchall()

    def image_ids(self, album_id: str) -> list[str]:
        """The album's images in their order."""
        rows = self.rows(
            "SELECT image.id FROM image JOIN album ON album.number = album_number WHERE album.id = ? "
            "ORDER BY position, image.created_at, image.id",
            album_id,
        )
        return [row["id"] for row in rows]

    def tagged(self, name: str) -> set[str]:
        """The images that carry the tag."""
        rows = self.rows(
            "SELECT image.id FROM image JOIN tagging ON image_number = image.number "
            "JOIN tag ON tag.number = tag_number WHERE tag.name = ?",
            name,
        )
        return {row["id"] for row in rows}


@contextmanager
def app_of(environ: Mapping[str, str]) -> Iterator[Flask]:
    """The application of these settings, in this process and in context, to fill its database."""
    app = create_app(load_settings({f"GALLERY_{name}": value for name, value in environ.items()}))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def running_site(environ: Mapping[str, str], emails: Iterable[str] = (MEMBER, STRANGER)) -> Iterator[Site]:
    """The gallery behind the real server."""
    with app_of(environ) as app:
        known = (email for email in (*emails, ADMIN) if find_by_email(email))
        cookies = {email: _session_cookie(app, email) for email in known}
    with serving(child_environ(**environ)) as server:
        yield Site(f"http://127.0.0.1:{server.port}", environ, cookies)


def command(environ: Mapping[str, str], *arguments: str | Path, stdin: str = "") -> str:
    """What one of our commands prints; it must succeed."""
    ended = flask(child_environ(**environ), *arguments, stdin=stdin)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def _session_cookie(app: Flask, email: str) -> str:
    user = find_by_email(email)
    assert user is not None
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"_user_id": user.get_id(), "_fresh": True}))
