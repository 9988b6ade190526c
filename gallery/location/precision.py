"""Positions rounded to a fixed grid, so that however often somebody asks, no more is told than the cell.

Rows are whole fractions of a degree of latitude. Columns of a row are as wide as its distance from the
equator asks for, and fill the circle evenly. A rounded position depends on its
cell and on nothing else.
"""

import math
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gallery.location.position import Position


class Precision(StrEnum):
    """How exactly a place is told."""

    EXACT = "exact"
    KM_1 = "1km"
    KM_10 = "10km"
    NONE = "none"

    @property
    def is_rounded(self) -> bool:
        """Whether a cell is told instead of the place."""
        return self in _ROWS

    @property
    def rows_per_degree(self) -> int:
        """Of a rounded one: a row is 1.11 km or 11.1 km high."""
        return _ROWS[self]

    @property
    def radius_m(self) -> float:
        """What a rounded place is off by at most, within 85 degrees of the equator."""
        return 100_000.0 / self.rows_per_degree


class GridCell(NamedTuple):
    """A cell, counted from the south pole and from 180° W."""

    row: int
    column: int


_ROWS = {Precision.KM_1: 100, Precision.KM_10: 10}
BANDS = ((26, 1.0), (53, 1.5), (63, 2.0), (72, 3.0), (77, 4.0), (81, 6.0), (84, 9.0), (85, 12.0))
"""(degrees, times): up to this latitude a column is so many times as many degrees wide as a row is high."""
BEYOND = 20.0


def rounded(position: Position, precision: Precision) -> Position | None:
    """The position as it may be told; None: not at all."""
    if precision is Precision.NONE:
        return None
    return centre(cell_of(position, precision), precision) if precision.is_rounded else position


def cell_of(position: Position, precision: Precision) -> GridCell:
    """The cell that holds the position. `models.rounding` says the same in SQL and `index.spots`
    of many at once, operation by operation."""
    rows = precision.rows_per_degree
    row = min(math.floor((position.latitude + 90.0) * rows), 180 * rows - 1)
    width = column_width(row, rows)
    column = min(math.floor((position.longitude + 180.0) * rows / width), round(360 * rows / width) - 1)
    return GridCell(row, column)


def centre(cell: GridCell, precision: Precision) -> Position:
    """The middle of the cell."""
    rows = precision.rows_per_degree
    longitude = (cell.column + 0.5) * column_width(cell.row, rows) / rows - 180.0
    return Position((cell.row + 0.5) / rows - 90.0, longitude)


@lru_cache(maxsize=1 << 16)
def column_width(row: int, rows: int) -> float:
    """How many times as many degrees wide as the row is high, of so many rows a degree."""
    latitude = abs((row + 0.5) / rows - 90.0)
    return next((times for degrees, times in BANDS if latitude < degrees), BEYOND)
