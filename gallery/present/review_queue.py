"""What waits for a reviewer: the gravest first, of these the oldest; pages of it by key, along an index."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice, product
from typing import NamedTuple

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_sets import ImageSets
from gallery.location.flag import Severity
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.models.scope import Condition, Scope
from gallery.models.user import User
from gallery.models.verdict import Verdict
from gallery.present.filter_query import FilterInvalid
from gallery.present.filters import Filter
from gallery.present.grid import LIGHT_WORDS
from gallery.present.selection import Selection

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEVERITIES = (*sorted(Severity, reverse=True), 0)


class Part(StrEnum):
    """A part of the queue, as an address names it; without a name, all that waits for a verdict."""

    WAITING = ""
    CONFLICT = "conflict"
    UNREVIEWED = "unreviewed"
    CHANGED = "changed"
    AWAITS_SECOND = "awaits_second"
    NEEDS_INFO = "needs_info"
    DECIDED = "decided"

    @property
    def states(self) -> tuple[ReviewState, ...]:
        """What the review of its images is."""
        return _STATES[self]

    @property
    def condition(self) -> sa.ColumnElement[bool]:
        """That an image is of it."""
        return sa.and_(Image.review.in_(self.states), Image.worst_flag.in_(self.severities))

    @property
    def severities(self) -> tuple[int, ...]:
        """Of the worst flag of its images, the gravest first."""
        return (Severity.CONFLICT,) if self is Part.CONFLICT else _SEVERITIES


_STATES = {
    Part.WAITING: (ReviewState.UNREVIEWED, ReviewState.CHANGED, ReviewState.AWAITS_SECOND),
    Part.CONFLICT: (ReviewState.UNREVIEWED,),
    Part.UNREVIEWED: (ReviewState.UNREVIEWED,),
    Part.CHANGED: (ReviewState.CHANGED,),
    Part.AWAITS_SECOND: (ReviewState.AWAITS_SECOND,),
    Part.NEEDS_INFO: (ReviewState.NEEDS_INFO,),
    Part.DECIDED: (ReviewState.APPROVED, ReviewState.REJECTED),
}


ORDER = (Image.worst_flag.desc(), Image.created_at, Image.id)
"""The gravest first, of these the oldest."""


class QueuePlace(NamedTuple):
    """Where an image stands, whatever its review is."""

    worst_flag: int
    created_at: datetime
    image_id: str

    @classmethod
    def of(cls, image: Image) -> "QueuePlace":
        """The place of the image."""
        return cls(image.worst_flag, image.created_at, image.id)


def read_part(text: str) -> Part:
    """The part that an address names. Raises FilterInvalid."""
    try:
        return Part(text)
    except ValueError:
        known = ", ".join(part for part in Part if part)
        raise FilterInvalid(f"The address cannot be read: part= is one of {known}, or left out.") from None


def for_reviewer(person: User) -> sa.ColumnElement[bool]:
    """The images that it is the person's turn to look at: not their own, nor what awaits somebody else."""
    first = sa.exists().where(
        Verdict.image_number == Image.number,
        Verdict.user_number == person.number,
        Verdict.undone_at.is_(None),
        Verdict.outcome == ReviewState.AWAITS_SECOND,
    )
    is_waiting = Image.review == ReviewState.AWAITS_SECOND
    return sa.and_(Image.uploader_number.is_distinct_from(person.number), sa.not_(is_waiting & first))


def images_from(
    condition: Condition, part: Part, place: QueuePlace | None, count: int, *, backwards: bool = False
) -> list[Image]:
    """The first images of the part, or those next to a place, before it if backwards."""
    severities = part.severities[::-1] if backwards else part.severities
    asked = (_run(condition, part, severity, place, count, backwards) for severity in severities)
    return list(islice((image for images in asked for image in images), count))


def _run(
    condition: Condition,
    part: Part,
    severity: int,
    place: QueuePlace | None,
    count: int,
    backwards: bool,
) -> list[Image]:
    """Those of one severity: of each state a stretch of the index."""
    if place is not None and (severity < place.worst_flag if backwards else severity > place.worst_flag):
        return []
    key, direction = (Image.created_at, Image.id), sa.desc if backwards else sa.asc
    found: list[Image] = []
    for state in part.states:
        query = sa.select(Image).options(*LIGHT_WORDS).where(condition, Image.review == state)
        query = query.where(Image.worst_flag == severity).order_by(*map(direction, key)).limit(count)
        if place is not None and severity == place.worst_flag:
            at = sa.tuple_(*map(sa.literal, place[1:], (column.type for column in key)))
            query = query.where(sa.tuple_(*key) < at if backwards else sa.tuple_(*key) > at)
        found += db.session.scalars(query)
    return sorted(found, key=lambda image: (image.created_at, image.id), reverse=backwards)


def counts(condition: Condition) -> dict[Part, int]:
    """How many images of each part there are."""
    is_conflict = Image.worst_flag >= Severity.CONFLICT
    query = sa.select(Image.review, is_conflict, sa.func.count()).where(condition)
    rows = db.session.execute(query.group_by(Image.review, is_conflict)).all()
    found = dict.fromkeys(Part, 0)
    for part, (review, is_grave, count) in product(Part, rows):
        if review in part.states and (part is not Part.CONFLICT or is_grave):
            found[part] += count
    return found


def counted(sets: ImageSets, scope: Scope, wanted: Filter, person: User) -> dict[Part, int]:
    """The same of the images of a scope under a filter that it is the person's turn to look at."""
    mine = sa.select(Verdict.image_number).where(
        Verdict.user_number == person.number,
        Verdict.undone_at.is_(None),
        Verdict.outcome == ReviewState.AWAITS_SECOND,
    )
    waiting = sets.reviews.having([ReviewState.AWAITS_SECOND.value])
    others = waiting & BitMap(db.session.scalars(mine).all()) | sets.uploaders.having([person.number])
    numbers, grave = (
        Selection(sets, scope, wanted).numbers - others,
        sets.worst_flags.having([Severity.CONFLICT]),
    )
    found = {part: numbers & sets.reviews.having([s.value for s in part.states]) for part in Part}
    return {part: len(found[part] & grave if part is Part.CONFLICT else found[part]) for part in Part}


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
