"""Images that are mirrored from another server."""

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image
from gallery.models.origin import Origin


def strangers(origin: Origin, image_ids: list[str]) -> set[str]:
    """Those of the ids that are images of ours from somewhere else: a mirror must not touch them."""
    found = db.session.scalars(
        sa.select(Image.id).where(
            Image.id.in_(image_ids), Image.origin_number.is_distinct_from(origin.number)
        )
    )
    return set(found)


def mirrored(origin: Origin, after: int, limit: int) -> sa.Select[Image]:
    """Its images, by number."""
    return (
        sa.select(Image)
        .where(Image.origin_number == origin.number, Image.number > after)
        .order_by(Image.number)
        .limit(limit)
    )
