"""Where images lie, in the order of their cells: what lies in one cell of any level stands side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from gallery.index.cell import UNPROCESSED
from gallery.index.cell_sums import CellSums
from gallery.index.numbers import bitmap_of
from gallery.location.box import Box
from gallery.location.tile import LEVEL

FEW = 10_000
"""Points that are sooner compared one by one than by a table of all numbers."""
Row = tuple[int, int, float, float, int, int]
"""In the order of the fields of Points."""


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
    def of(cls, blocks: Iterable[Sequence[Row]]) -> Self:
        """Of blocks of rows; of each block no more than its arrays is held."""
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

    @cached_property
    def _places(self) -> NDArray[np.int32]:
        """By number the place in the arrays; -1: in none."""
        places = np.full(int(self.numbers.max(initial=0)) + 1, -1, np.int32)
        places[self.numbers] = np.arange(len(self), dtype=np.int32)
        return places

    def __len__(self) -> int:
        return len(self.keys)

    def place_of(self, number: int) -> int | None:
        """Where the image stands in the arrays; None: it does not."""
        if len(self) < FEW:
            return next(iter(np.flatnonzero(self.numbers == number).tolist()), None)
        place = int(self._places[number]) if number < len(self._places) else -1
        return None if place < 0 else place

    def row(self, place: int) -> Row:
        """What stands at a place."""
        key, rank, latitude, longitude, flag, review = (array[place].item() for array in self.arrays)
        return key, rank, latitude, longitude, flag, review

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
        return bitmap_of(self.numbers[found].astype(np.uint32))

    def of_cells(self, level: int, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of what lies in the cells of a level that begin with these keys, which rise."""
        starts = np.searchsorted(self.keys, keys)
        lengths = np.searchsorted(self.keys, keys + (1 << 2 * (LEVEL - level))) - starts
        return _runs(starts, lengths)

    def crowded(self, level: int, most: int) -> CellSums:
        """Of the cells of a level that hold more than so many."""
        starts = np.flatnonzero(np.diff(self.keys >> 2 * (LEVEL - level), prepend=-1))
        lengths = np.diff(starts, append=len(self))
        has_many = lengths > most
        places = _runs(starts[has_many], lengths[has_many])
        return (self if len(places) == len(self) else self.taken(places)).sums.at(level)

    @property
    def sums(self) -> CellSums:
        """Each a part of its own."""
        place = (self.longitudes, self.latitudes)
        ones = np.ones(len(self), np.int32)
        return CellSums(self.keys, (ones, *place, *place, *place, self.ranks, self.flags, self.reviews))

    def _is_in(self, numbers: BitMap) -> NDArray[np.bool_]:
        if len(self) < FEW:
            return np.isin(self.numbers, np.frombuffer(numbers.to_array(), np.uint32))
        highest = max(int(self.numbers.max(initial=0)), numbers.max() if numbers else 0)
        is_in = np.zeros(highest + 1, bool)
        is_in[np.frombuffer(numbers.to_array(), np.uint32)] = True
        found: NDArray[np.bool_] = is_in[self.numbers]
        return found


_TYPES = (np.int64, np.int64, np.float64, np.float64, np.int8, np.int8)
_EMPTY: list[NDArray[Any]] = [np.array((), dtype) for dtype in _TYPES]


def _arrays(rows: Sequence[Row]) -> list[NDArray[Any]]:
    if not rows:
        return _EMPTY
    columns = zip(*rows, strict=True)
    return [np.array(column, dtype) for column, dtype in zip(columns, _TYPES, strict=True)]


def _runs(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start on, so many as its length says."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
