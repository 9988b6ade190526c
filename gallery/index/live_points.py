"""Points in order, and beside them what came or went since, so that a change costs little."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from gallery.index import near_places
from gallery.index.cell_sums import CellSums
from gallery.index.points import Points, Row
from gallery.location.box import Box
from gallery.location.position import Position

MOST_LATE = 2_000
"""Changes after which all is put in order again: at a million points a tenth of a second."""


class LivePoints:
    """What is put is in the next answer."""

    def __init__(self, points: Points) -> None:
        self._order(points)

    def _order(self, points: Points) -> None:
        self.ordered = points
        """As they were when they were put in order."""
        self._is_there = np.ones(len(points), bool)
        """Of those; False: it came elsewhere since, or went."""
        self._gone: list[int] = []
        """The places of those that are not there."""
        self._late = Points.of(())
        """What came since."""

    def __len__(self) -> int:
        return len(self.ordered) - len(self._gone) + len(self._late)

    @property
    def changed_keys(self) -> NDArray[np.int64]:
        """Of all that came or went since they were put in order."""
        return np.concatenate([self.ordered.keys[self._gone], self._late.keys])

    def put(self, rows: Mapping[int, Row | None]) -> NDArray[np.int64]:
        """Let these images lie where their rows say, None: nowhere. The keys of what came and went."""
        numbers = BitMap(rows)
        old = [place for number in numbers if (place := self._place(number)) is not None]
        new = Points.of([[row for row in rows.values() if row is not None]])
        changed = np.concatenate([self.ordered.keys[old], self._late.among(numbers).keys, new.keys])
        self._is_there[old] = False
        self._gone += old
        self._late = self._late.without(numbers).joined(new)
        if len(self._gone) + len(self._late) > MOST_LATE:
            self._order(self.all())
        return changed

    def row(self, number: int) -> Row | None:
        """Of an image that has been put; None: it lies nowhere."""
        if (place := self._place(number)) is not None:
            return self.ordered.row(place)
        if (place := self._late.place_of(number)) is not None:
            return self._late.row(place)
        return None

    def all(self) -> Points:
        """In order."""
        return self.ordered.taken(np.flatnonzero(self._is_there)).joined(self._late)

    def among(self, numbers: BitMap) -> Points:
        """Those of these images."""
        found = self.ordered.among(numbers - self._gone_numbers())
        return found.joined(self._late.among(numbers)) if len(self._late) else found

    def inside(self, box: Box) -> BitMap:
        """The images in the box or on its edge."""
        return self.ordered.inside(box) - self._gone_numbers() | self._late.inside(box)

    def nearest(self, here: Position, count: int) -> list[int]:
        """So many images, the nearest first; those of nearly one distance may change places."""
        places = np.sort(near_places.around(self.ordered.keys, here, count + len(self._gone)))
        near = self.ordered.taken(places[self._is_there[places]]).joined(self._late)
        found = near_places.nearest(here, near.latitudes, near.longitudes, count)
        return [int(number) for number in near.numbers[found]]

    def parts(self, level: int, keys: NDArray[np.int64]) -> CellSums:
        """Those in the cells of a level that begin with these keys, which rise."""
        places = self.ordered.of_cells(level, keys)
        parts = [self.ordered.taken(places[self._is_there[places]]).sums]
        if len(self._late):
            parts.append(self._late.taken(self._late.of_cells(level, keys)).sums)
        return CellSums.joined(parts)

    def _place(self, number: int) -> int | None:
        place = self.ordered.place_of(number)
        return place if place is not None and self._is_there[place] else None

    def _gone_numbers(self) -> BitMap:
        return BitMap(self.ordered.numbers[self._gone].tolist())
