"""What is known of cells together, summed from their parts; the parts are smaller cells, or points."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gallery.index.cell import UNPROCESSED, Cell
from gallery.location.box import Box
from gallery.location.tile import LEVEL

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

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """All of them."""
        keys, columns = zip(*((part.keys, part.columns) for part in parts), strict=True)
        together = tuple(np.concatenate(pieces) for pieces in zip(*columns, strict=True))
        all_keys = np.concatenate(keys)
        return cls(all_keys, together).taken(np.argsort(all_keys, kind="stable"))

    def taken(self, places: NDArray[Any]) -> Self:
        """Those at these places, in their order."""
        return type(self)(self.keys[places], tuple(column[places] for column in self.columns))

    def at(self, level: int) -> Self:
        """Of the cells of a coarser level, all that hold any."""
        keys = self.keys >> 2 * (LEVEL - level)
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        if len(starts) in (0, len(keys)):
            return type(self)(keys << 2 * (LEVEL - level), self.columns)
        columns = (
            reduce.reduceat(column, starts) for reduce, column in zip(_SUMMED, self.columns, strict=True)
        )
        return type(self)(keys[starts] << 2 * (LEVEL - level), tuple(columns))

    def places_of(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which of the keys are here, and where those are."""
        places = np.searchsorted(self.keys, keys)
        is_here = places < len(self.keys)
        is_here[is_here] = self.keys[places[is_here]] == keys[is_here]
        return is_here, places[is_here]

    def with_new(self, keys: NDArray[np.int64], sums: Self) -> Self:
        """The same with new sums of the cells with these keys, which are here; one without sums goes.

        What is here may be written over.
        """
        is_held, _ = sums.places_of(keys)
        _, gone = self.places_of(keys[~is_held])
        _, places = self.places_of(sums.keys)
        for column, new in zip(self.columns, sums.columns, strict=True):
            column[places] = new
        return self.taken(np.delete(np.arange(len(self.keys)), gone)) if len(gone) else self

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Cell]:
        listed = (column.tolist() for column in self.columns)
        for count, east, north, *box, rank, flag, review in zip(*listed, strict=True):
            yield Cell(count, east / count, north / count, Box(*box), rank & (UNPROCESSED - 1), flag, review)

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many images each holds."""
        return self.columns[0]

    @property
    def edges(self) -> tuple[NDArray[np.float64], ...]:
        """West, south, east and north of each."""
        return self.columns[3:7]

    @property
    def extent(self) -> Box | None:
        """The smallest box around all, the short way round; 0° parts none of them. None: there are none."""
        if not len(self.keys):
            return None
        wests, souths, easts, norths = self.edges
        west, east = float(wests.min()), float(easts.max())
        is_west = easts < 0
        if is_west.any() and not is_west.all():
            west_end, east_start = float(easts[is_west].max()), float(wests[~is_west].min())
            if west_end + 360 - east_start < east - west:
                west, east = east_start, west_end
        return Box(west, float(souths.min()), east, float(norths.max()))
