"""The trash as people look at it, a page at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import joinedload, lazyload

from gallery.config import Settings
from gallery.db import db
from gallery.language import gettext as _
from gallery.models.image import Image, now
from gallery.models.scope import Condition
from gallery.present import words
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.grid import LIGHT_WORDS
from gallery.present.links import Links
from gallery.present.tile import Tile, tile

PAGE_SIZE = 100
Key = tuple[str, int]
"""When it was deleted, in ISO 8601, and its number."""


@dataclass(frozen=True, slots=True)
class TrashRow:
    """A deleted image."""

    tile: Tile
    album_name: str
    deleted: str
    """When and by whom, in words."""
    days_left: int
    """By the calendar, until it is deleted for good; 0: today."""


@dataclass(frozen=True, slots=True)
class TrashBoard:
    """Some of the trash."""

    rows: list[TrashRow]
    kept_days: int
    more: str
    """Cursor of the next page; empty: there is none."""


def trash_board(condition: Condition, after: Key | None, settings: Settings, links: Links) -> TrashBoard:
    """What was deleted last, or what was deleted before the key."""
    key = sa.tuple_(Image.trashed_at, Image.number)
    query = sa.select(Image).options(*LIGHT_WORDS, lazyload(Image.claims), joinedload(Image.trashed_by))
    query = query.where(condition).order_by(Image.trashed_at.desc(), Image.number.desc()).limit(PAGE_SIZE + 1)
    if after is not None:
        moment = sa.literal(datetime.fromisoformat(after[0]), Image.trashed_at.type)
        query = query.where(key < sa.tuple_(moment, sa.literal(after[1], Image.number.type)))
    images = db.session.scalars(query).all()
    shown = images[:PAGE_SIZE]
    more = _cursor(shown[-1], settings) if len(images) > PAGE_SIZE else ""
    return TrashBoard([_row(image, settings, links) for image in shown], settings.trash_days, more)


def read_cursor(cursor: str, keys: list[bytes]) -> Key:
    """The key of a cursor. Raises FilterInvalid for one that this gallery did not make."""
    try:
        moment, number = _serializer(keys).loads(cursor)
    except BadData:
        raise FilterInvalid("The address cannot be read: after= is not from this gallery.") from None
    return moment, number


def _row(image: Image, settings: Settings, links: Links) -> TrashRow:
    trashed_at = image.trashed_at or now()
    by = " " + _("by %(name)s", name=image.trashed_by.name) if image.trashed_by else ""
    zone = settings.time_zone
    last_day = (trashed_at + timedelta(days=settings.trash_days)).astimezone(zone).date()
    days_left = max((last_day - now().astimezone(zone).date()).days, 0)
    deleted = words.day(trashed_at.astimezone(zone)) + by
    return TrashRow(tile(image, links), image.album.name, deleted, days_left)


def _cursor(image: Image, settings: Settings) -> str:
    key = [image.trashed_at.isoformat() if image.trashed_at else "", image.number]
    return str(_serializer(settings.signing_keys("cursor")).dumps(key))


def _serializer(keys: list[bytes]) -> URLSafeSerializer:
    return URLSafeSerializer(keys, salt="trash")
