"""The cells that a view of the map touches."""

import math
from typing import NamedTuple, Self

from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.tile import LEVEL, column_and_row, fractions, latitude_at

LEVELS_ABOVE_ZOOM = 2
"""A cell is a quarter of a 256-pixel tile: 64 pixels wide."""
MOST_CELLS_ACROSS = 128
"""A view of more cells than any screen has is drawn coarser, so that no answer grows without limit."""

HAIR = 1e-9
"""Degrees: more than rounding, and a tenth of a millimetre."""


class View(NamedTuple):
    """Rows from the north and columns from 180° W, each to its last; `west` > `east` crosses ±180°."""

    level: int
    west: int
    north: int
    east: int
    south: int

    @classmethod
    def of(cls, box: Box, zoom: int) -> Self:
        """Cells of about 64 pixels that hold all points of the box; coarser ones where it is too wide."""
        return cls.at(box, cell_level(box, zoom))

    @classmethod
    def at(cls, box: Box, level: int) -> Self:
        """The cells of one level."""
        last = (1 << level) - 1
        left, top = fractions(Position(box.north, box.west))
        right, bottom = fractions(Position(box.south, box.east))
        west, north, east, south = (min(int(part * (last + 1)), last) for part in (left, top, right, bottom))
        if box.crosses_180 and west <= east:
            west, east = 0, last
        return cls(level, west, north, east, south)

    @property
    def rows(self) -> range:
        """From the north."""
        return range(self.north, self.south + 1)

    @property
    def columns(self) -> tuple[range, ...]:
        """From the west; two parts across ±180°."""
        if self.west <= self.east:
            return (range(self.west, self.east + 1),)
        return range(self.west, 1 << self.level), range(self.east + 1)

    def holds(self, key: int) -> bool:
        """Whether the cell with this key, at the view's level, is one of them."""
        column, row = column_and_row(key)
        return row in self.rows and any(column in part for part in self.columns)

    @property
    def box(self) -> Box:
        """In degrees a box around them, which points on its edge may share with other cells."""
        count = 1 << self.level
        west, east = self.west * 360 / count - 180, (self.east + 1) * 360 / count - 180
        south, north = latitude_at((self.south + 1) / count), latitude_at(self.north / count)
        if self.west > self.east and west - HAIR <= east + HAIR:
            west, east = -180, 180
        return Box(
            max(west - HAIR, -180), max(south - HAIR, -90), min(east + HAIR, 180), min(north + HAIR, 90)
        )


def cell_level(box: Box, zoom: int) -> int:
    """The level whose cells are about 64 pixels wide, or a coarser one where the box is too wide for it."""
    width = (box.east - box.west) % 360 or 360.0 if box.east != box.west else 1e-9
    top, bottom = (fractions(Position(latitude, 0))[1] for latitude in (box.north, box.south))
    across = max(width / 360, bottom - top, 1e-9)
    return max(0, min(zoom + LEVELS_ABOVE_ZOOM, math.floor(math.log2(MOST_CELLS_ACROSS / across)), LEVEL))
