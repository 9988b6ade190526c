"""The images of a page in their order, by number: all that this takes stands in an index of the database."""

from collections.abc import Sequence

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present import order, time_order
from gallery.present.time_order import TimeOrder, TimePlace

PAGE_SIZE = 200
AHEAD = 16
"""Tiles of the next page that room is kept for: those that its first row shares with the last of this one."""
PAGE = PAGE_SIZE + AHEAD
Begin = order.Place | TimePlace | None
"""Behind which a page begins; None: it is the first."""


def in_order(condition: Condition, after: Begin = None, by: TimeOrder | None = None) -> sa.Select[int]:
    """The images that pass, or those of them behind a place; `by` None: in the album's order."""
    query = sa.select(Image.number).where(condition).order_by(*(by.columns if by else order.ORDER))
    if isinstance(after, order.Place):
        return query.where(order.after(after))
    if after is not None and by is not None:
        return query.where(time_order.after(by, after))
    return query


def page_numbers(
    condition: Condition, after: Begin = None, by: TimeOrder | None = None, count: int = PAGE
) -> Sequence[int]:
    """The first of them."""
    query = in_order(condition, after, by).limit(count)
    return db.session.connection().execute(query).scalars().all()
