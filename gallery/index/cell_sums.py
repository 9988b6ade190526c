"""What is known of cells together, summed from their parts; the parts are smaller cells, or points."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gallery.index.cell import UNPROCESSED, Cell
from gallery.location.box import Box
from gallery.location.tile import LEVEL, key_at
from gallery.location.view import View

_SUMMED = (
    *(np.add, np.add, np.add),
    *(np.minimum, np.minimum, np.maximum, np.maximum),
    *(np.minimum, np.maximum, np.maximum),
)


@dataclass(frozen=True, slots=True)
class CellSums:
    """Parts in the order of their keys, which are those of the first point that they could hold."""

    keys: NDArray[np.int64]
    columns: tuple[NDArray[Any], ...]
    """Count, sums of longitude and latitude, west, south, east, north, rank, worst flag and worst review."""

    def at(self, level: int) -> Self:
        """Of the cells of a coarser level, all that hold any."""
        keys = self.keys >> 2 * (LEVEL - level)
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        if not len(starts):
            return self
        columns = (
            reduce.reduceat(column, starts) for reduce, column in zip(_SUMMED, self.columns, strict=True)
        )
        return type(self)(keys[starts] << 2 * (LEVEL - level), tuple(columns))

    def cells(self, view: View) -> list[Cell]:
        """Those of the view that hold any, in the order of their keys."""
        found, shift = _keys(view), 2 * (LEVEL - view.level)
        starts = np.searchsorted(self.keys, found << shift)
        lengths = np.searchsorted(self.keys, found + 1 << shift) - starts
        is_held = lengths > 0
        return self._cells(starts[is_held], lengths[is_held]) if is_held.any() else []

    def _cells(self, starts: NDArray[Any], lengths: NDArray[Any]) -> list[Cell]:
        """Only what the view holds is gone through: between two of its cells may lie half of the world."""
        before = np.cumsum(lengths) - lengths
        places = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        summed = (
            reduce.reduceat(column[places], before).tolist()
            for reduce, column in zip(_SUMMED, self.columns, strict=True)
        )
        return [
            Cell(count, east / count, north / count, Box(*box), rank & (UNPROCESSED - 1), flag, review)
            for count, east, north, *box, rank, flag, review in zip(*summed, strict=True)
        ]


def _keys(view: View) -> NDArray[np.int64]:
    """Of the view's cells, rising."""
    rows = np.array([key_at(0, row) for row in view.rows], np.int64)
    columns = np.array([key_at(column, 0) for part in view.columns for column in part], np.int64)
    return np.sort((rows[:, None] | columns[None, :]).ravel())
