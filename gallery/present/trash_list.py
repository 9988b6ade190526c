"""What lies in the trash, a page at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present.sync_document import encode, join, timestamp
from gallery.present.upload_answer import plain_record

ORDER = (Image.trashed_at, Image.number)


class TrashPage(NamedTuple):
    """An array of records, and the key that the next page begins after."""

    body: bytes
    last: Sequence[Any] | None
    """None: there are no more."""


def trash_page(
    condition: Condition, after: Sequence[Any] | None, limit: int, settings: Settings
) -> TrashPage:
    """Those of the images that were deleted first, or the first after a key."""
    query = sa.select(Image).where(condition).order_by(*ORDER).limit(limit + 1)
    if after is not None:
        moment, number = datetime.fromisoformat(after[0]), after[1]
        key = sa.tuple_(sa.literal(moment, Image.trashed_at.type), sa.literal(number, Image.number.type))
        query = query.where(sa.tuple_(*ORDER) > key)
    images = db.session.scalars(query).all()
    shown = images[:limit]
    last = _key(shown[-1]) if len(images) > limit else None
    return TrashPage(join(encode(_record(image, settings)) for image in shown), last)


def _key(image: Image) -> list[Any]:
    return [image.trashed_at.isoformat() if image.trashed_at else "", image.number]


def _record(image: Image, settings: Settings) -> dict[str, Any]:
    deleted_at = timestamp(image.trashed_at, settings.time_zone) if image.trashed_at else None
    deleted_by = image.trashed_by.name if image.trashed_by else None
    return plain_record(image, settings) | {"deleted_at": deleted_at, "deleted_by": deleted_by}
