"""The order in which images stand, and pages of it by key: as fast at the end as at the beginning."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer

from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.shown_image import ShownImage

ORDER = (Image.album_number, Image.position, Image.created_at, Image.id)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Place(NamedTuple):
    """Where one image stands."""

    album_number: int
    position: int
    created_at: datetime
    image_id: str

    @classmethod
    def of(cls, image: Image | ShownImage) -> "Place":
        """The place of the image."""
        return cls(image.album_number, image.position, image.created_at, image.id)

    @classmethod
    def of_key(cls, key: Sequence[Any]) -> "Place":
        """The place that gave the key."""
        album_number, position, microseconds, image_id = key
        return cls(album_number, position, _EPOCH + timedelta(microseconds=microseconds), image_id)

    @property
    def key(self) -> list[Any]:
        """The place in values that JSON has."""
        microseconds = (self.created_at - _EPOCH) // timedelta(microseconds=1)
        return [self.album_number, self.position, microseconds, self.image_id]


def after(place: Place) -> Condition:
    """The images behind the place."""
    return sa.tuple_(*ORDER) > _row(place)


def before(place: Place) -> Condition:
    """The images in front of the place."""
    return sa.tuple_(*ORDER) < _row(place)


def first_of(scope: Condition) -> sa.Select[Image]:
    """The image that stands before all others of the scope."""
    return sa.select(Image).where(scope).order_by(*ORDER).limit(1)


def cursor_of(place: Place, keys: list[bytes]) -> str:
    """The place as a signed word for an address; the last key signs."""
    return _serializer(keys).dumps(place.key)


def read_cursor(cursor: str, keys: list[bytes]) -> Place:
    """The place of a cursor. Raises FilterInvalid for one that this gallery did not make."""
    try:
        return Place.of_key(_serializer(keys).loads(cursor))
    except BadData:
        raise FilterInvalid("The address cannot be read: after= is not from this gallery.") from None


def _row(place: Place) -> sa.Tuple:
    values: list[Any] = [sa.literal(value, column.type) for value, column in zip(place, ORDER, strict=True)]
    return sa.tuple_(*values)


def _serializer(keys: list[bytes]) -> URLSafeSerializer:
    return URLSafeSerializer(keys, salt="cursor")
