"""The tags that somebody who adds to an album is likely to want."""

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.scope import of_album
from gallery.models.tag import Tag, Tagging
from gallery.present import order

LOOKED_AT, MOST = 500, 100
"""How many of the album's last images are looked at, and how many names are given."""


def known_tags(album: Album) -> list[str]:
    """The tags of the album's last images, the most used first."""
    last = (
        sa.select(Image.number)
        .where(of_album(album))
        .order_by(*(column.desc() for column in order.ORDER))
        .limit(LOOKED_AT)
    ).subquery()
    used = (
        sa.select(Tag.name)
        .join(Tagging, Tagging.tag_number == Tag.number)
        .join(last, last.c.number == Tagging.image_number)
        .group_by(Tag.number)
        .order_by(sa.func.count().desc(), Tag.name)
        .limit(MOST)
    )
    return list(db.session.scalars(used))
