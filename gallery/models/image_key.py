"""Which image it is and who may see it, and nothing else of it."""

from typing import NamedTuple

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image, untrashed
from gallery.prepared import Prepared


class ImageKey(NamedTuple):
    """By numbers."""

    number: int
    album_number: int


def find_key(image_id: str) -> ImageKey | None:
    """Of the image with this id, unless it is in the trash, for whoever reads its row under a lock."""
    rows = _KEY.rows_on(db.session.connection(), id=image_id)
    return ImageKey(*rows[0]) if rows else None


_KEY = Prepared(
    sa.select(Image.number, Image.album_number).where(Image.id == sa.bindparam("id"), untrashed())
)
