"""The points of a map, and the sums of its crowded cells level by level; a small change costs little.

Sums of cells that it touches are made again from their four parts, when a view asks for their level.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gallery.index.cell_sums import CellSums
from gallery.index.live_points import LivePoints
from gallery.index.points import Points, Row
from gallery.location.box import Box
from gallery.location.tile import LEVEL, key_at
from gallery.location.view import View

MOST_SINGLE, MOST_ADDED = 31, 127
"""Points that are gone through at every view; of cells with more, or that grow to more, sums are kept."""
MOST_SUMMED_ANEW = 5_000
"""Points that are gone through for the sake of one change, before the next level is summed."""
COARSE = 8
"""The levels up to this one have few cells, and one pass over the points is enough for all."""
_QUARTERS = np.arange(4, dtype=np.int64)


class Pyramid:
    """What is put is in the next answer."""

    def __init__(self, points: Points) -> None:
        self.points = LivePoints(points)
        """Not to be changed but by `put`."""
        self._crowded: dict[int, CellSums] = {}
        """By level."""
        self._touched: dict[int, list[NDArray[np.int64]]] = {}
        """By level the keys of changed points whose cells have old sums."""

    def put(self, rows: Mapping[int, Row | None]) -> None:
        """Let these images lie where their rows say; None: nowhere."""
        changed = self.points.put(rows)
        for keys in self._touched.values():
            keys.append(changed)

    def cells(self, view: View) -> CellSums:
        """Those of the view that hold any, in the order of their keys."""
        return self._sums(view.level, _keys(view))

    @property
    def extent(self) -> Box | None:
        """The smallest box around all, the short way round; None: there are none."""
        quarters = self._sums(1, _QUARTERS << 2 * (LEVEL - 1))
        west, _, east, _ = quarters.edges
        is_halved = ((east < 0) | (west >= 0)).all()  # else a longitude is 0 but for rounding
        return (quarters if is_halved else self.points.all().sums).extent

    def make_ready(self) -> None:
        """Sum all levels that have crowded cells, so that nobody waits."""
        for level in range(LEVEL + 1):
            if not len(self._crowded_at(level).keys):
                break

    def _sums(self, level: int, keys: NDArray[np.int64]) -> CellSums:
        """Of the cells of a level that begin with these keys, which rise, all that hold any."""
        crowded = self._crowded_at(level)
        is_crowded, places = crowded.places_of(keys)
        rest = self.points.parts(level, keys[~is_crowded]).at(level)
        grown = np.flatnonzero(rest.counts > MOST_ADDED)
        if len(grown):
            self._crowded[level] = CellSums.joined([crowded, rest.taken(grown)])
        return CellSums.joined([crowded.taken(places), rest])

    def _crowded_at(self, level: int) -> CellSums:
        """The sums of a level as they are now."""
        if level not in self._crowded:
            self._sum(level)
        if touched := self._touched[level]:
            self._touched[level] = []
            shift = 2 * (LEVEL - level)
            keys = np.unique(np.concatenate(touched) >> shift) << shift
            keys = keys[self._crowded[level].places_of(keys)[0]]
            if len(keys):
                self._crowded[level] = self._crowded[level].with_new(keys, self._anew(level, keys))
        return self._crowded[level]

    def _sum(self, level: int) -> None:
        """Sum a level as the points were when they were put in order; the coarse ones all at once."""
        points = self.points.ordered
        if level > COARSE:
            self._keep(level, points.crowded(level, MOST_SINGLE))
            return
        sums = points.sums
        for coarse in range(COARSE, -1, -1):
            sums = sums.at(coarse)
            self._keep(coarse, sums.taken(np.flatnonzero(sums.counts > MOST_SINGLE)))

    def _keep(self, level: int, crowded: CellSums) -> None:
        self._crowded[level] = crowded
        self._touched[level] = [self.points.changed_keys]

    def _anew(self, level: int, keys: NDArray[np.int64]) -> CellSums:
        """The sums of cells from their four parts; from their points, where these are few."""
        is_next_summed = level + 1 in self._crowded
        if not is_next_summed and level < LEVEL:
            is_next_summed = len(self.points.ordered.of_cells(level, keys)) > MOST_SUMMED_ANEW
        if not is_next_summed:
            return self.points.parts(level, keys).at(level)
        quarters = (keys[:, None] + (_QUARTERS << 2 * (LEVEL - level - 1))).ravel()
        return self._sums(level + 1, quarters).at(level)


def _keys(view: View) -> NDArray[np.int64]:
    """With which the view's cells begin, rising."""
    rows = np.array([key_at(0, row) for row in view.rows], np.int64)
    columns = np.array([key_at(column, 0) for part in view.columns for column in part], np.int64)
    keys: NDArray[np.int64] = np.sort((rows[:, None] | columns[None, :]).ravel()) << 2 * (LEVEL - view.level)
    return keys
