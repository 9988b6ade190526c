"""Rows without files, for questions that only the database answers."""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import pytest

from gallery.db import db
from gallery.location.position import Position
from gallery.models import tag
from gallery.models.album import Album, create_album
from gallery.models.image import Image

_serial = count(1)


@pytest.fixture
def album(context: None) -> Album:
    """An album in the session."""
    return create_album("one", name="One")


@pytest.fixture
def add_row(context: None) -> Callable[..., Image]:
    """Add an image as if it had been uploaded and processed."""

    def add(
        album: Album, *, tags: Iterable[str] = (), at: tuple[float, float] | None = None, **more: Any
    ) -> Image:
        values = {
            "album_number": album.number,
            "size_bytes": 1000,
            "format": "jpg",
            "filename": f"photo-{next(_serial)}",
            "infos": {},
            "original_width_px": 1500,
            "original_height_px": 1000,
            "delivery_version": 1,
            "processed": True,
            **more,
        }
        image = Image(**values)
        image.place(Position(*at) if at else None)
        db.session.add(image)
        db.session.flush()
        tag.put_on(image, tags)
        return image

    return add
