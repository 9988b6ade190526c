"""The condition of a query for the images that pass a filter, with what the index knows in it."""

from itertools import islice

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_index import image_index
from gallery.models.image import Image
from gallery.models.scope import Condition, Scope, among
from gallery.present import order, time_order
from gallery.present.filters.chips import ChipBoard
from gallery.present.filters.filter import Filter
from gallery.present.filters.selection import Selection
from gallery.present.time_order import TimeOrder, TimePlace

FEW = 4_000
"""So many images are named one by one, at some microseconds each."""
NAMED_COST = 2.5
"""What it takes to find an image by its number, against passing over one in order."""
STEP = 1_000
"""Rows fetched at once on the way to a page."""


def narrowed(scope: Condition, wanted: Filter) -> sa.ColumnElement[bool]:
    """The images of the scope that pass, named one by one where these are few."""
    if wanted and isinstance(scope, Scope):
        with image_index().sets() as sets:
            found = None if sets is None else Selection(sets, scope, wanted).numbers
            if found is not None and len(found) <= FEW:
                return among(found)
    return wanted.where(scope)


def page_condition(
    scope: Condition,
    board: ChipBoard,
    after: order.Place | TimePlace | None,
    count: int,
    by: TimeOrder | None = None,
) -> sa.ColumnElement[bool]:
    """The same for the first images of a board that pass, or the first after a place: `count`, or more."""
    numbers = board.numbers
    if numbers is None:
        return board.filter.where(scope)
    passed_over = count * board.scope_total / max(len(numbers), 1)
    if len(numbers) <= passed_over / NAMED_COST:
        return among(numbers)
    return among(_first(scope, numbers, after, count, by))


def _first(
    scope: Condition,
    numbers: BitMap,
    after: order.Place | TimePlace | None,
    count: int,
    by: TimeOrder | None,
) -> list[int]:
    """The scope is gone through in its order, along an index."""
    query = sa.select(Image.number).where(scope).order_by(*(by.columns if by else order.ORDER))
    if isinstance(after, order.Place):
        query = query.where(order.after(after))
    elif after is not None and by is not None:
        query = query.where(time_order.after(by, after))
    rows = db.session.execute(query.execution_options(yield_per=STEP)).scalars()
    passing = (number for number in rows if number in numbers)
    found = list(islice(passing, count))
    rows.close()
    return found
