"""Where images lie, in the order of their cells: what lies in one cell of any level stands side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from gallery.index import near_places
from gallery.index.cell import UNPROCESSED, Cell
from gallery.index.cell_sums import CellSums
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.view import View

SUMMED_LEVEL = 7
"""Of its cells, 16,384 at most, the sums are kept; a view of smaller cells holds few of the points."""


@dataclass(frozen=True)
class Points:
    """One array for each thing that is known of an image, all in the same order."""

    keys: NDArray[np.int64]
    """Rising: `tile.key_of` the position."""
    ranks: NDArray[np.int64]
    """The number, and UNPROCESSED where that holds."""
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    flags: NDArray[np.int8]
    reviews: NDArray[np.int8]

    @classmethod
    def of(cls, blocks: Iterable[Sequence[Sequence[Any]]]) -> Self:
        """Of blocks of rows in the order of the fields; of each block no more than its arrays is held."""
        parts = [_EMPTY, *map(_arrays, blocks)]
        arrays = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
        return cls(*arrays).taken(np.argsort(arrays[0], kind="stable"))

    @property
    def arrays(self) -> list[NDArray[Any]]:
        """In the order of the fields."""
        return [getattr(self, field.name) for field in fields(self)]

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Of the images."""
        return self.ranks & (UNPROCESSED - 1)

    def __len__(self) -> int:
        return len(self.keys)

    def taken(self, places: NDArray[Any]) -> Self:
        """Those at these places of the arrays, in their order."""
        return type(self)(*(array[places] for array in self.arrays))

    def joined(self, others: Self) -> Self:
        """Both."""
        places = np.searchsorted(self.keys, others.keys)
        pairs = zip(self.arrays, others.arrays, strict=True)
        return type(self)(*(np.insert(mine, places, theirs) for mine, theirs in pairs))

    def among(self, numbers: BitMap) -> Self:
        """Those of these images."""
        return self.taken(np.flatnonzero(self._is_in(numbers)))

    def without(self, numbers: BitMap) -> Self:
        """Those of all other images."""
        return self.taken(np.flatnonzero(~self._is_in(numbers)))

    def inside(self, box: Box) -> BitMap:
        """The images in the box or on its edge."""
        east, west = self.longitudes <= box.east, self.longitudes >= box.west
        between = (east | west) if box.crosses_180 else (east & west)
        found = between & (self.latitudes >= box.south) & (self.latitudes <= box.north)
        return BitMap(self.numbers[found].astype(np.uint32))

    def nearest(self, here: Position, count: int) -> list[int]:
        """So many images, the nearest first; those of nearly one distance may change places."""
        near = self.taken(near_places.around(self.keys, here, count))
        places = near_places.nearest(here, near.latitudes, near.longitudes, count)
        return [int(number) for number in near.numbers[places]]

    @cached_property
    def extent(self) -> Box | None:
        """The smallest box around all, the short way round; None: there are none."""
        if not len(self):
            return None
        south, north = float(self.latitudes.min()), float(self.latitudes.max())
        is_west = self.longitudes < 0
        parts = [part for part in (self.longitudes[is_west], self.longitudes[~is_west]) if len(part)]
        west, east = float(parts[0].min()), float(parts[-1].max())
        if len(parts) == 2:
            west_end, east_start = float(parts[0].max()), float(parts[1].min())
            if west_end + 360 - east_start < east - west:
                west, east = east_start, west_end
        return Box(west, south, east, north)

    def cells(self, view: View) -> list[Cell]:
        """Those of the view that hold any, in the order of their keys."""
        return (self._summed if view.level <= SUMMED_LEVEL else self._single).cells(view)

    @cached_property
    def _summed(self) -> CellSums:
        return self._single.at(SUMMED_LEVEL)

    @cached_property
    def _single(self) -> CellSums:
        place = (self.longitudes, self.latitudes)
        ones = np.ones(len(self), np.int32)
        return CellSums(self.keys, (ones, *place, *place, *place, self.ranks, self.flags, self.reviews))

    def _is_in(self, numbers: BitMap) -> NDArray[np.bool_]:
        highest = max(int(self.numbers.max(initial=0)), numbers.max() if numbers else 0)
        is_in = np.zeros(highest + 1, bool)
        is_in[np.frombuffer(numbers.to_array(), np.uint32)] = True
        found: NDArray[np.bool_] = is_in[self.numbers]
        return found


_TYPES = (np.int64, np.int64, np.float64, np.float64, np.int8, np.int8)
_EMPTY: list[NDArray[Any]] = [np.array((), dtype) for dtype in _TYPES]


def _arrays(rows: Sequence[Sequence[Any]]) -> list[NDArray[Any]]:
    columns = zip(*rows, strict=True)
    return [np.array(column, dtype) for column, dtype in zip(columns, _TYPES, strict=True)]
