"""The images of a page in their order, by number: all that this takes stands in an index of the database."""

from collections.abc import Sequence
from functools import lru_cache

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image, untrashed
from gallery.models.scope import Condition, Scope
from gallery.prepared import Prepared
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
    connection = db.session.connection()
    if isinstance(condition, Scope) and condition.album is not None and after is None and count == PAGE:
        return [row[0] for row in _first_page(by).rows_on(connection, album=condition.album)]
    return connection.execute(in_order(condition, after, by).limit(count)).scalars().all()


@lru_cache
def _first_page(by: TimeOrder | None) -> Prepared:
    """Of an album, which is looked at more than any other."""
    of_album = sa.and_(Image.album_number == sa.bindparam("album"), untrashed())
    return Prepared(in_order(of_album, None, by).limit(PAGE))
