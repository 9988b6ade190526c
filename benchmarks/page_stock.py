"""Galleries whose pages are judged, and who looks at them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from benchmarks import page_paths, page_things, tagged_stock
from benchmarks.processes import running
from benchmarks.servers import gallery
from gallery import create_app
from gallery.config import ROOT, load_settings
from gallery.db import begin_write, db
from gallery.jobs import queue_of
from gallery.models.album import find_album
from gallery.models.image import Image, untrashed
from gallery.models.user import Role, User, find_by_email

SESSION = "gallery_session"
ALBUM, DEMO_ALBUM, DEMO_EMAIL = "album-0", "75011-2026-0042", "demo@example.org"


@dataclass(frozen=True, slots=True)
class Site:
    """A running gallery, and what to ask of it."""

    address: str
    cookie: str
    """The session of somebody who has signed in."""
    album: str
    image: str
    """Its first; empty without any."""
    things: dict[str, str]
    """By name what else pages are about: ids, and paths of shares."""

    def paths(self) -> list[str]:
        """Of every page that somebody sees who has signed in."""
        paths = page_paths.OF_ALL + page_paths.OF_ERRORS + (page_paths.OF_ONE if self.image else ())
        return [self._filled(path) for path in paths]

    def strangers_paths(self) -> list[str]:
        """Of those that all others see."""
        return [self._filled(path) for path in page_paths.OF_STRANGERS]

    def _filled(self, path: str) -> str:
        return path.format(album=self.album, image=self.image, **self.things)


@contextmanager
def of_size(folder: Path, count: int) -> Iterator[Site]:
    """A gallery of so many images without files, seen by an admin."""
    environ = tagged_stock.fill(folder, count)
    settings = load_settings(environ)
    app = create_app(settings)
    with app.app_context():
        begin_write()
        db.session.execute(sa.update(User).values(role=Role.ADMIN))
        page_things.doubt(settings)
        db.session.commit()
    with _served(environ, app, tagged_stock.EMAIL, ALBUM) as site:
        yield site


def environ_of(folder: Path) -> dict[str, str]:
    """With which a gallery of the demo's pictures is started."""
    return {"GALLERY_INSTANCE": str(folder)}


@contextmanager
def with_pictures(folder: Path) -> Iterator[Site]:
    """The demo, whose pictures are there and have places."""
    environ = environ_of(folder)
    flask = [sys.executable, "-m", "flask"]
    subprocess.run(
        [*flask, "demo"], cwd=ROOT, env=os.environ | environ, check=True, stdout=subprocess.DEVNULL
    )
    app = create_app(load_settings(environ))
    with running([*flask, "worker"], environ, cwd=ROOT, stdout=subprocess.DEVNULL):
        _wait_until_done(app)
    with _served(environ, app, DEMO_EMAIL, DEMO_ALBUM) as site:
        yield site


def _wait_until_done(app: Flask) -> None:
    """Until its worker has nothing left to do."""
    waits = Image.processed.is_(False) & Image.processing_error.is_(None)
    with app.app_context():
        while db.session.scalar(sa.select(sa.exists().where(waits))):
            db.session.rollback()
            time.sleep(0.2)
    while queue_of(app).huey.pending_count():
        time.sleep(0.2)


@contextmanager
def _served(environ: dict[str, str], app: Flask, email: str, album_id: str) -> Iterator[Site]:
    with app.app_context():
        album, user = find_album(album_id), find_by_email(email)
        assert album is not None
        assert user is not None
        first = sa.select(Image.id).where(Image.album_number == album.number, untrashed()).limit(1)
        image, cookie = db.session.scalar(first) or "", session_of(app, user)
        things = page_things.add(user, album, app.config["GALLERY"])
        db.session.remove()
    with gallery(environ, "benchmarks.failing_program:app") as server:
        yield Site(f"http://127.0.0.1:{server.port}", cookie, album_id, image, things)


def session_of(app: Flask, user: User) -> str:
    """The value of the cookie of a person who has signed in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own has it
    return str(serializer.dumps({"_user_id": user.get_id(), "_fresh": True}))
