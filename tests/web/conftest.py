"""Pages as a signed-in person gets them, over rows without files."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery import current
from gallery.db import begin_write, db
from gallery.location.position import Position
from gallery.models import tag
from gallery.models.album import Album, create_album, find_album
from gallery.models.claim import Claim
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.review.flagging import flag_again


@pytest.fixture
def visitor(sign_in: Callable[[User], FlaskClient], make_user: Callable[..., User]) -> FlaskClient:
    """An admin's browser."""
    return sign_in(make_user("admin@example.org", Role.ADMIN))


@pytest.fixture
def add_images(app: Flask) -> Callable[..., list[str]]:
    """Add so many images to an album, made where it is missing; their ids in order."""

    def add(
        album_id: str = "one",
        number: int = 1,
        *,
        tags: tuple[str, ...] = (),
        at: tuple[float, float] | None = None,
        claims: tuple[Claim, ...] = (),
        **more: Any,
    ) -> list[str]:
        with app.app_context():
            begin_write()
            album = find_album(album_id) or create_album(album_id, name=f"Album {album_id}")
            first = db.session.scalar(sa.select(sa.func.count()).select_from(Image)) or 0
            images = [_row(album, first + nth, **more) for nth in range(number)]
            for image in images:
                image.claims = list(claims)
                image.place(Position(*at) if at else None)
            db.session.add_all(images)
            db.session.flush()
            for image in images if tags else ():
                tag.put_on(image, tags)
            if claims and "worst_flag" not in more:
                flag_again(images, current.settings())
            db.session.commit()
            return [image.id for image in images]

    return add


def _row(album: Album, nth: int, **more: Any) -> Image:
    values = {
        "size_bytes": 1000,
        "format": "jpg",
        "filename": f"photo-{nth}",
        "infos": {},
        "original_width_px": 1500,
        "original_height_px": 1000,
        "delivery_version": 1,
        "processed": True,
        "sha256": "0" * 64,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=nth),
        **more,
    }
    return Image(album_number=album.number, **values)
