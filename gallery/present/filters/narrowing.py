"""The condition of a query for the images that pass a filter, with what the index knows in it."""

from collections.abc import Sequence
from itertools import islice

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_index import image_index
from gallery.models.scope import Condition, Scope, among
from gallery.present.filters.chips import ChipBoard
from gallery.present.filters.filter import Filter
from gallery.present.filters.foremost import foremost
from gallery.present.filters.selection import Selection
from gallery.present.page_order import PAGE, Begin, in_order, page_numbers
from gallery.present.time_order import TimeOrder

FEW = 4_000
"""So many images are named one by one, at some microseconds each."""
NAMED_COST = 2.5
"""What it takes to find an image by its number, against passing over one in order."""
WALKED = 1_000
"""So many are passed over sooner than anything cleverer is done."""
STEP = 500
"""Rows fetched at once on the way to a page."""


def narrowed(scope: Condition, wanted: Filter) -> sa.ColumnElement[bool]:
    """The images of the scope that pass, named one by one where these are few."""
    if wanted and isinstance(scope, Scope):
        with image_index().sets() as sets:
            found = None if sets is None else Selection(sets, scope, wanted).numbers
            if found is not None and len(found) <= FEW:
                return among(found)
    return wanted.where(scope)


def board_numbers(
    scope: Condition, board: ChipBoard, after: Begin = None, by: TimeOrder | None = None, count: int = PAGE
) -> Sequence[int]:
    """As `page_numbers` of the images of a board."""
    numbers = board.numbers
    if numbers is None:
        condition = board.filter.where(scope) if board.filter else scope
        return page_numbers(condition, after, by, count)
    passed_over = count * board.scope_total / max(len(numbers), 1)
    if passed_over > WALKED and isinstance(scope, Scope):
        with image_index().sets() as sets:
            first = None if sets is None else foremost(sets, scope, numbers, after, by, count)
        if first is not None and len(first) <= FEW:
            return page_numbers(among(first), after, by, count)
    if len(numbers) <= passed_over / NAMED_COST:
        return page_numbers(among(numbers), after, by, count)
    return _walked(scope, numbers, after, by, count)


def _walked(
    scope: Condition, numbers: BitMap, after: Begin, by: TimeOrder | None, count: int
) -> Sequence[int]:
    """The scope is gone through in its order, along an index."""
    rows = db.session.execute(in_order(scope, after, by), execution_options={"yield_per": STEP}).scalars()
    found = list(islice((number for number in rows if number in numbers), count))
    rows.close()
    return found
