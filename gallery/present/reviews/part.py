"""The parts of the review queue."""

from enum import StrEnum

import sqlalchemy as sa

from gallery.location.flag import Severity
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.present.filters.filter_query import FilterInvalid

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


def read_part(text: str) -> Part:
    """The part that an address names. Raises FilterInvalid."""
    try:
        return Part(text)
    except ValueError:
        known = ", ".join(part for part in Part if part)
        raise FilterInvalid(f"The address cannot be read: part= is one of {known}, or left out.") from None
