"""Images by time instead of the album's order: by when they were taken, or added."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer

from gallery.db import UtcDateTime
from gallery.models.image import Image
from gallery.models.scope import TAKEN
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.shown_image import ShownImage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimeOrder(StrEnum):
    """As in an address; a minus: the last first."""

    TAKEN_LAST = "-taken"
    TAKEN = "taken"
    ADDED_LAST = "-added"
    ADDED = "added"

    @property
    def is_backwards(self) -> bool:
        """Whether the last come first."""
        return self.value.startswith("-")

    @property
    def is_by_taking(self) -> bool:
        """Whether it asks when images were taken."""
        return self.value.endswith("taken")

    @property
    def moment(self) -> sa.ColumnElement[datetime]:
        """What is compared."""
        return TAKEN if self.is_by_taking else Image.created_at.expression

    @property
    def columns(self) -> tuple[Any, ...]:
        """For ORDER BY."""
        pair = (self.moment, Image.id)
        return tuple(column.desc() for column in pair) if self.is_backwards else pair


class TimePlace(NamedTuple):
    """Where one image stands in such an order."""

    moment: datetime
    image_id: str
    day: str = ""
    """Whose heading it stands under; empty: under none."""


def read_order(text: str) -> TimeOrder | None:
    """The order of an address; None: the album's. Raises FilterInvalid."""
    try:
        return TimeOrder(text) if text else None
    except ValueError:
        known = ", ".join(TimeOrder)
        raise FilterInvalid(f"The address cannot be read: sort= is one of {known}, or left out.") from None


def place_of(by: TimeOrder, image: Image | ShownImage, day: str = "") -> TimePlace:
    """Of one image."""
    is_taken = by.is_by_taking and image.taken_at is not None
    return TimePlace(image.taken_at if is_taken and image.taken_at else image.created_at, image.id, day)


def after(by: TimeOrder, place: TimePlace, *, backwards: bool = False) -> sa.ColumnElement[bool]:
    """The images behind the place, or in front of it."""
    moment, number = by.moment, sa.literal(place.moment, UtcDateTime())
    if by.is_backwards == backwards:
        return sa.and_(moment >= number, sa.or_(moment > number, Image.id > place.image_id))
    return sa.and_(moment <= number, sa.or_(moment < number, Image.id < place.image_id))


def cursor_of(by: TimeOrder, place: TimePlace, keys: list[bytes]) -> str:
    """The place as a signed word for an address."""
    microseconds = (place.moment - _EPOCH) // timedelta(microseconds=1)
    return str(_serializer(by, keys).dumps([microseconds, place.image_id, place.day]))


def read_cursor(by: TimeOrder, cursor: str, keys: list[bytes]) -> TimePlace:
    """The place of a cursor of the same order. Raises FilterInvalid for any other."""
    try:
        microseconds, image_id, day = _serializer(by, keys).loads(cursor)
        return TimePlace(_EPOCH + timedelta(microseconds=microseconds), image_id, day)
    except BadData:
        raise FilterInvalid("The address cannot be read: after= is not from this gallery.") from None


def _serializer(by: TimeOrder, keys: list[bytes]) -> URLSafeSerializer:
    return URLSafeSerializer(keys, salt=f"cursor {by}")
