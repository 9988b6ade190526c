"""What reviewers think of an image."""

from enum import StrEnum

import sqlalchemy as sa


class ReviewState(StrEnum):
    """How far its review is."""

    UNREVIEWED = "unreviewed"
    AWAITS_SECOND = "awaits_second"
    """One has decided, and the album asks for a second pair of eyes."""
    NEEDS_INFO = "needs_info"
    CHANGED = "changed"
    """Decided, and since then a claim or the file has changed."""
    APPROVED = "approved"
    REJECTED = "rejected"


REVIEW_STATE = sa.Enum(
    ReviewState, native_enum=False, length=20, values_callable=lambda states: [s.value for s in states]
)
"""The type of a column that holds one."""

GRAVEST_LAST = (
    ReviewState.APPROVED,
    ReviewState.UNREVIEWED,
    ReviewState.AWAITS_SECOND,
    ReviewState.CHANGED,
    ReviewState.NEEDS_INFO,
    ReviewState.REJECTED,
)
"""The states in the order in which one stands for many images: the last that any of them has."""
