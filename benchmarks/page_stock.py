"""Galleries whose pages are judged, each page by its path, and who looks at them."""

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

from benchmarks import tagged_stock
from benchmarks.processes import running
from benchmarks.servers import gallery
from gallery import create_app
from gallery.config import ROOT, load_settings
from gallery.db import begin_write, db
from gallery.location.precision import Precision
from gallery.models.album import Album, find_album
from gallery.models.image import Image
from gallery.models.share import create_share
from gallery.models.user import Role, User, find_by_email
from gallery.present.share_links import token_of

ALBUM, DEMO_ALBUM, DEMO_EMAIL = "album-0", "75011-2026-0042", "demo@example.org"
OF_ALL = (
    *("/", "/?archived=1", "/albums/new", "/images", "/images?view=table", "/map", "/review", "/trash"),
    *("/audit", "/shares", "/shares/new?album={album}", "/tokens", "/webhooks", "/api/docs"),
    *(
        "/offline",
        "/nothing-here",
        "/albums/{album}",
        "/albums/{album}?view=table",
        "/albums/{album}?sort=-taken",
    ),
    *("/albums/{album}?q=nothing", "/albums/{album}/months", "/albums/{album}/map", "/albums/{album}/upload"),
    *("/albums/{album}/order", "/albums/{album}/settings", "{share}", "{share}/map"),
)
OF_ONE = (
    *("/images/{image}", "/images/{image}/crop", "/images/{image}/history", "/review/{image}"),
    "{share}/images/{image}",
)
"""Those that there are of an image."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running gallery, and what to ask of it."""

    address: str
    cookie: str
    """The session of somebody who has signed in."""
    album: str
    image: str
    """Its first; empty without any."""
    share: str
    """The path of the album's share."""

    def paths(self) -> list[str]:
        """Of every page."""
        paths = OF_ALL + (OF_ONE if self.image else ())
        return [path.format(album=self.album, image=self.image, share=self.share) for path in paths]


@contextmanager
def of_size(folder: Path, count: int) -> Iterator[Site]:
    """A gallery of so many images without files, seen by an admin."""
    environ = tagged_stock.fill(folder, count)
    app = create_app(load_settings(environ))
    with app.app_context():
        begin_write()
        db.session.execute(sa.update(User).values(role=Role.ADMIN))
        db.session.commit()
    with _served(environ, app, tagged_stock.EMAIL, ALBUM) as site:
        yield site


@contextmanager
def with_pictures(folder: Path) -> Iterator[Site]:
    """The demo, whose pictures are there and have places."""
    environ = {"GALLERY_INSTANCE": str(folder)}
    flask = [sys.executable, "-m", "flask"]
    subprocess.run(
        [*flask, "demo"], cwd=ROOT, env=os.environ | environ, check=True, stdout=subprocess.DEVNULL
    )
    app = create_app(load_settings(environ))
    with running([*flask, "worker"], environ, cwd=ROOT, stdout=subprocess.DEVNULL):
        _wait_until_processed(app)
    with _served(environ, app, DEMO_EMAIL, DEMO_ALBUM) as site:
        yield site


def _wait_until_processed(app: Flask) -> None:
    waits = Image.processed.is_(False) & Image.processing_error.is_(None)
    with app.app_context():
        while db.session.scalar(sa.select(sa.exists().where(waits))):
            db.session.rollback()
            time.sleep(0.2)


@contextmanager
def _served(environ: dict[str, str], app: Flask, email: str, album_id: str) -> Iterator[Site]:
    with app.app_context():
        album, user = find_album(album_id), find_by_email(email)
        assert album is not None
        assert user is not None
        share, cookie = _share(app, user, album), _session(app, user)
        image = (
            db.session.scalar(sa.select(Image.id).where(Image.album_number == album.number).limit(1)) or ""
        )
        db.session.remove()
    with gallery(environ) as server:
        yield Site(f"http://127.0.0.1:{server.port}", cookie, album_id, image, share)


def _share(app: Flask, user: User, album: Album) -> str:
    begin_write()
    share = create_share(user, "Shared", album, precision=Precision.KM_10, gives_originals=False)
    db.session.commit()
    return f"/s/{token_of(share, app.config['GALLERY'])}"


def _session(app: Flask, user: User) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own has it
    return str(serializer.dumps({"_user_id": user.get_id(), "_fresh": True}))
