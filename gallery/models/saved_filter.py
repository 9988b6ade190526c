"""A filter that a person keeps under a name."""

import uuid
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.text import storable
from gallery.models.user import User
from gallery.prepared import Prepared

MOST, LONGEST_NAME, LONGEST_QUERY = 50, 80, 8_000
"""Filters of one person, and characters."""


class SavedFilterInvalid(GalleryError):
    """A filter cannot be kept as asked."""

    code = "saved_filter_invalid"
    status = 422


class SavedFilter(Model):
    """Good on any grid or map: it says which images, not whose."""

    __tablename__ = "saved_filter"

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    user_number: Mapped[int] = mapped_column(sa.ForeignKey("user.number", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    """As in an address, in the canonical order."""
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))


def save(user: User, name: str, query: str) -> SavedFilter:
    """Keep the filter, in the place of one of the same name, in the writing transaction under way.

    Raises SavedFilterInvalid.
    """
    name = " ".join(storable(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise SavedFilterInvalid("Give the filter a name of 1 to %(most)s characters.", most=LONGEST_NAME)
    if len(query) > LONGEST_QUERY:
        raise SavedFilterInvalid("This filter is too long to be saved.")
    if not query:
        raise SavedFilterInvalid("There is nothing to save: no filter is on.")
    db.session.get_one(User, user.number, with_for_update=True)  # of two saves at once one waits
    own = db.session.scalars(saved_filters_of(user)).all()
    found = next((one for one in own if one.name == name), None)
    if found is not None:
        found.query = query
        return found
    if len(own) >= MOST:
        raise SavedFilterInvalid(
            "A person can keep %(most)s filters. Delete one that is not needed.", most=MOST
        )
    made = SavedFilter(user_number=user.number, name=name, query=query)
    db.session.add(made)
    return made


def saved_filters_of(user: User) -> sa.Select[SavedFilter]:
    """The person's filters, by name."""
    own = sa.select(SavedFilter).where(SavedFilter.user_number == user.number)
    return own.order_by(SavedFilter.name, SavedFilter.number)


class Saved(NamedTuple):
    """What a list shows of one."""

    id: str
    name: str
    query: str


def saved_by(user: User) -> tuple[Saved, ...]:
    """The person's filters in the same order; what was not flushed is not seen."""
    rows = _SHOWN.rows_on(db.session.connection(), user_number=user.number)
    return tuple(Saved(*row) for row in rows)


_SHOWN = Prepared(
    sa.select(SavedFilter.id, SavedFilter.name, SavedFilter.query)
    .where(SavedFilter.user_number == sa.bindparam("user_number"))
    .order_by(SavedFilter.name, SavedFilter.number)
)


def find_saved_filter(user: User, filter_id: str) -> SavedFilter | None:
    """The person's filter with this id."""
    return db.session.scalar(saved_filters_of(user).where(SavedFilter.id == storable(filter_id)))
