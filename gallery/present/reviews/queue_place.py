"""Where images stand in the review queue: the gravest first, of these the oldest."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer

from gallery.models.image import Image
from gallery.present.filters.filter_query import FilterInvalid

ORDER = (Image.worst_flag.desc(), Image.created_at, Image.id)
BACKWARDS = (Image.worst_flag, Image.created_at.desc(), Image.id.desc())
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AGE = (Image.created_at, Image.id)


class QueuePlace(NamedTuple):
    """Where an image stands, whatever its review is."""

    worst_flag: int
    created_at: datetime
    image_id: str

    @classmethod
    def of(cls, image: Image) -> "QueuePlace":
        """The place of the image."""
        return cls(image.worst_flag, image.created_at, image.id)

    @property
    def second(self) -> int:
        """Since 1970, of the image's arrival."""
        return int((self.created_at - _EPOCH).total_seconds())

    def beyond(self, *, backwards: bool) -> sa.ColumnElement[bool]:
        """Of images of its severity those that stand behind it, or in front of it if backwards."""
        at = sa.tuple_(*map(sa.literal, self[1:], (column.type for column in _AGE)))
        return sa.tuple_(*_AGE) < at if backwards else sa.tuple_(*_AGE) > at


def cursor_of(place: QueuePlace, keys: list[bytes]) -> str:
    """The place as a signed word for an address."""
    microseconds = (place.created_at - _EPOCH) // timedelta(microseconds=1)
    return str(_serializer(keys).dumps([place.worst_flag, microseconds, place.image_id]))


def read_cursor(cursor: str, keys: list[bytes]) -> QueuePlace | None:
    """The place of a cursor; None where it is empty. Raises FilterInvalid for one that is not ours."""
    if not cursor:
        return None
    try:
        worst_flag, microseconds, image_id = _serializer(keys).loads(cursor)
    except BadData:
        raise FilterInvalid("The address cannot be read: after= is not from this gallery.") from None
    return QueuePlace(worst_flag, _EPOCH + timedelta(microseconds=microseconds), image_id)


def _serializer(keys: list[bytes]) -> URLSafeSerializer:
    return URLSafeSerializer(keys, salt="cursor review")
