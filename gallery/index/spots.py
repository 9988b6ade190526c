"""Places as they are told: of each cell of a grid its middle, and how many images lie in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gallery.index.cell import Cell
from gallery.index.cell_sums import CellSums
from gallery.index.points import Points
from gallery.location.box import Box
from gallery.location.precision import Precision, column_width
from gallery.location.tile import LEVEL, MAX_LATITUDE, key_at

Row = tuple[int, int, int, int]
"""Row and column of a cell, how many images it holds, and the number of one of them."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Nothing in here depends on where in their cells the images lie."""

    _sums: CellSums
    """A part each."""

    @classmethod
    def of_points(cls, points: Points, precision: Precision) -> Self:
        """The cells of all points; the arithmetic is that of `precision.cell_of`."""
        scale = precision.rows_per_degree
        rows = np.minimum(np.floor((points.latitudes + 90.0) * scale), 180 * scale - 1).astype(np.int64)
        widths = _widths(precision)[rows]
        columns = np.floor((points.longitudes + 180.0) * scale / widths)
        columns = np.minimum(columns, np.rint(360 * scale / widths) - 1).astype(np.int64)
        order = np.lexsort((columns, rows))
        rows, columns = rows[order], columns[order]
        is_first = np.diff(rows, prepend=-1).astype(bool) | np.diff(columns, prepend=-1).astype(bool)
        starts = np.flatnonzero(is_first)
        counts = np.diff(starts, append=len(rows))
        ranks = np.minimum.reduceat(points.ranks[order], starts) if len(starts) else points.ranks
        return cls(_sums(rows[starts], columns[starts], counts, ranks, precision))

    @classmethod
    def of_rows(cls, found: Sequence[Row], precision: Precision) -> Self:
        """The same, as a database has counted it."""
        rows, columns, counts, numbers = np.array(found, np.int64).reshape(-1, 4).T
        return cls(_sums(rows, columns, counts, numbers, precision))

    @property
    def total(self) -> int:
        """How many images have a place."""
        return int(self._sums.counts.sum())

    @property
    def extent(self) -> Box | None:
        """The smallest box around all, the short way round; None: there are none."""
        return self._sums.extent

    def cells(self, box: Box, level: int) -> list[Cell]:
        """Those in the box or on its edge, drawn as one where they would lie on one another."""
        west, south, east, north = self._sums.edges
        reaches = (east <= box.east, west >= box.west)
        between = reaches[0] | reaches[1] if box.crosses_180 else reaches[0] & reaches[1]
        is_inside = between & (south >= box.south) & (north <= box.north)
        return list(self._sums.taken(np.flatnonzero(is_inside)).at(level))


def _sums(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    counts: NDArray[np.int64],
    ranks: NDArray[np.int64],
    precision: Precision,
) -> CellSums:
    """The middles are those of `precision.centre`."""
    scale = precision.rows_per_degree
    latitudes = (rows + 0.5) / scale - 90.0
    longitudes = (columns + 0.5) * _widths(precision)[rows] / scale - 180.0
    sums = (counts, longitudes * counts, latitudes * counts)
    none = np.zeros(len(rows), np.int8)
    keys = _keys(latitudes, longitudes)
    found = CellSums(keys, (*sums, *(longitudes, latitudes) * 2, ranks, none, none))
    return found.taken(np.argsort(keys, kind="stable"))


def _keys(latitudes: NDArray[Any], longitudes: NDArray[Any]) -> NDArray[np.int64]:
    """As `tile.key_of`, of many at once."""
    radians = np.radians(np.clip(latitudes, -MAX_LATITUDE, MAX_LATITUDE))
    south = 0.5 - np.arcsinh(np.tan(radians)) / (2 * np.pi)
    x, y = (
        np.minimum((np.clip(part, 0, 1) * (1 << LEVEL)).astype(np.int64), (1 << LEVEL) - 1)
        for part in (longitudes / 360 + 0.5, south)
    )
    keys: NDArray[np.int64] = key_at(x, y)  # type: ignore[arg-type,assignment]  # shifts and masks take arrays
    return keys


@lru_cache
def _widths(precision: Precision) -> NDArray[Any]:
    """Of the columns of each row."""
    scale = precision.rows_per_degree
    return np.array([column_width(row, scale) for row in range(180 * scale)])
