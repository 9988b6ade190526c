"""The people of the gallery as admins look through them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Membership
from gallery.models.audit import AuditEntry
from gallery.models.personal_token import PersonalToken
from gallery.models.search_text import folded
from gallery.models.text import storable
from gallery.models.user import User

_AT_ONCE = 500


class Known(NamedTuple):
    """A person, and what is known of them."""

    user: User
    album_count: int
    """Albums that they are a member of."""
    seen_at: datetime | None
    """When they last did something that is recorded, signing in among it, or used a personal token.

    None: never.
    """

    @classmethod
    def of(cls, row: Any) -> Self:
        """Of a row of `_KNOWN`."""
        user, album_count, *seen = row
        return cls(user, album_count, max(filter(None, seen), default=None))


def known(user: User) -> Known:
    """What is known of one of them."""
    return Known.of(db.session.execute(_KNOWN.where(User.number == user.number)).one())


def some_people(search: str, after: User | None, most: int) -> list[Known]:
    """By name; every word of the search stands in name or e-mail address. `after` None: from the first."""
    found = _KNOWN.where(_passes(search)).order_by(User.search_text, User.number)
    if after is not None:
        place = sa.tuple_(User.search_text, User.number)
        found = found.where(place > sa.tuple_(after.search_text, after.number))
    return [Known.of(row) for row in db.session.execute(found.limit(most))]


def all_people(search: str = "") -> Iterator[Known]:
    """All that pass, in the same order."""
    last = None
    while some := some_people(search, last, _AT_ONCE):
        yield from some
        last = some[-1].user


def count_people(search: str = "") -> int:
    """How many pass."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(User).where(_passes(search))) or 0


def _passes(search: str) -> sa.ColumnElement[bool]:
    words = folded(storable(search)).split()
    return sa.and_(sa.true(), *(User.search_text.contains(word, autoescape=True) for word in words))


_ALBUM_COUNT = sa.select(sa.func.count()).where(Membership.user_number == User.number).scalar_subquery()
_LAST_DEED_AT = (
    sa.select(AuditEntry.at)
    .where(AuditEntry.actor_number == User.number)
    .order_by(AuditEntry.number.desc())
    .limit(1)
    .scalar_subquery()
)
_LAST_USE_AT = (
    sa.select(sa.func.max(PersonalToken.last_used_at))
    .where(PersonalToken.user_number == User.number)
    .scalar_subquery()
)
_KNOWN = sa.select(User, _ALBUM_COUNT, _LAST_DEED_AT, _LAST_USE_AT)
