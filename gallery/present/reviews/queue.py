"""What waits for a reviewer, page by page, and how much of each part there is."""

from functools import cached_property
from itertools import islice, product

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_index import image_index
from gallery.index.image_sets import ImageSets
from gallery.location.flag import Severity
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.models.scope import Condition, Scope, among
from gallery.models.user import User
from gallery.models.verdict import Verdict
from gallery.present.filters.filter import Filter
from gallery.present.filters.narrowing import narrowed
from gallery.present.filters.selection import Selection
from gallery.present.grid import LIGHT_WORDS
from gallery.present.reviews.part import Part
from gallery.present.reviews.queue_place import BACKWARDS, ORDER, QueuePlace


class ReviewQueue:
    """Of the images of a scope that pass a filter those that it is a person's turn to look at.

    While the index is being read SQL answers, the slower the more images there are.
    """

    def __init__(self, scope: Scope, wanted: Filter, person: User, part: Part = Part.WAITING) -> None:
        self.scope, self.wanted, self.person, self.part = scope, wanted, person, part

    @cached_property
    def condition(self) -> sa.ColumnElement[bool]:
        """Of the images of every part."""
        return sa.and_(narrowed(self.scope, self.wanted), for_reviewer(self.person))

    @property
    def shown(self) -> sa.ColumnElement[bool]:
        """Those of its part."""
        return sa.and_(self.condition, self.part.condition)

    def numbers(self, sets: ImageSets) -> BitMap:
        """The images of every part, as the index knows them."""
        mine = sa.select(Verdict.image_number).where(
            Verdict.user_number == self.person.number,
            Verdict.undone_at.is_(None),
            Verdict.outcome == ReviewState.AWAITS_SECOND,
        )
        waiting = sets.reviews.having([ReviewState.AWAITS_SECOND.value])
        others = waiting & BitMap(db.session.scalars(mine).all())
        found = Selection(sets, self.scope, self.wanted).numbers
        return found - (others | sets.uploaders.having([self.person.number]))

    def holds(self, numbers: BitMap) -> sa.ColumnElement[bool]:
        """The images of every part that are among these."""
        with image_index().sets() as sets:
            found = None if sets is None else self.numbers(sets) & numbers
        return self.condition & among(numbers) if found is None else among(found)

    def images(self, place: QueuePlace | None, count: int, *, backwards: bool = False) -> list[Image]:
        """The first so many of the part, or those next to a place, before it if backwards."""
        with image_index().sets() as sets:
            near = None if sets is None else self._near(sets, place, count, backwards)
        if near is None:
            return self._gone_through(place, count, backwards=backwards)
        query = sa.select(Image).options(*LIGHT_WORDS).where(among(near))
        if place is not None:
            is_other = Image.worst_flag != place.worst_flag
            query = query.where(sa.or_(is_other, place.beyond(backwards=backwards)))
        order = BACKWARDS if backwards else ORDER
        return list(db.session.scalars(query.order_by(*order).limit(count)))

    def counts(self) -> dict[Part, int]:
        """How many images of each part there are, whichever this one is."""
        with image_index().sets() as sets:
            if sets is None:
                return _counts(self.condition)
            numbers, grave = self.numbers(sets), sets.worst_flags.having([Severity.CONFLICT])
            found = {part: numbers & _in_states(sets, part) for part in Part}
            return {part: len(found[part] & grave if part is Part.CONFLICT else found[part]) for part in Part}

    def _near(self, sets: ImageSets, place: QueuePlace | None, count: int, backwards: bool) -> list[int]:
        """Those that `images` asks for are among these, which are few more."""
        numbers, near = self.numbers(sets) & _in_states(sets, self.part), []
        for severity in _severities(self.part, place, backwards=backwards):
            second = place.second if place and place.worst_flag == severity else None
            found = numbers & _of_severity(sets, severity)
            about, beyond = sets.added.beyond(found, second, count, backwards=backwards)
            near += [*about.tolist(), *beyond.tolist()]
            count -= len(beyond)
            if count <= 0:
                break
        return near

    def _gone_through(self, place: QueuePlace | None, count: int, *, backwards: bool) -> list[Image]:
        """The images, found along an index of the database."""
        severities = _severities(self.part, place, backwards=backwards)
        runs = (self._run(severity, place, count, backwards) for severity in severities)
        return list(islice((image for images in runs for image in images), count))

    def _run(self, severity: int, place: QueuePlace | None, count: int, backwards: bool) -> list[Image]:
        """Those of one severity: of each state a stretch of the index."""
        found: list[Image] = []
        order = (BACKWARDS if backwards else ORDER)[1:]
        for state in self.part.states:
            query = sa.select(Image).options(*LIGHT_WORDS).where(self.condition, Image.review == state)
            query = query.where(Image.worst_flag == severity).order_by(*order).limit(count)
            if place is not None and severity == place.worst_flag:
                query = query.where(place.beyond(backwards=backwards))
            found += db.session.scalars(query)
        return sorted(found, key=lambda image: (image.created_at, image.id), reverse=backwards)


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


def _severities(part: Part, place: QueuePlace | None, *, backwards: bool) -> list[int]:
    """Those of the part that images have which stand next to the place, in their order."""
    if place is None:
        return list(part.severities)
    if backwards:
        return [severity for severity in reversed(part.severities) if severity >= place.worst_flag]
    return [severity for severity in part.severities if severity <= place.worst_flag]


def _in_states(sets: ImageSets, part: Part) -> BitMap:
    return sets.reviews.having([state.value for state in part.states])


def _of_severity(sets: ImageSets, severity: int) -> BitMap:
    if severity:
        return sets.worst_flags.having([severity])
    return sets.there - sets.worst_flags.having(list(sets.worst_flags.sets))


def _counts(condition: Condition) -> dict[Part, int]:
    is_conflict = Image.worst_flag >= Severity.CONFLICT
    query = sa.select(Image.review, is_conflict, sa.func.count()).where(condition)
    rows = db.session.execute(query.group_by(Image.review, is_conflict)).all()
    found = dict.fromkeys(Part, 0)
    for part, (review, is_grave, count) in product(Part, rows):
        if review in part.states and (part is not Part.CONFLICT or is_grave):
            found[part] += count
    return found
