"""Web-Mercator cells with one number each, so that a cluster is a shift of an integer.

A key interleaves the bits of a cell's x (east) and y (south) at level 26 (a cell is about 0.6 m at the
equator): a Z-order curve. The cell of level k that holds a point is `key >> 2 * (LEVEL - k)`.
"""

import math

from gallery.location.position import Position

LEVEL = 26
MAX_LATITUDE = 85.0511287798066
"""Degrees where Web Mercator's square ends; nearer the poles a point is drawn on its edge."""


def key_of(position: Position) -> int:
    """The key of the point's cell at LEVEL, 0 to 2**52 - 1."""
    x, y = fractions(position)
    cells = 1 << LEVEL
    return _spread(min(int(x * cells), cells - 1)) | _spread(min(int(y * cells), cells - 1)) << 1


def fractions(position: Position) -> tuple[float, float]:
    """The point as fractions (0 to 1) of the world's width from 180° W and height from the north."""
    latitude = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, position.latitude)))
    x = position.longitude / 360 + 0.5
    y = 0.5 - math.asinh(math.tan(latitude)) / (2 * math.pi)
    return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def latitude_at(fraction: float) -> float:
    """The parallel at a fraction of the height from the north; the ends are the poles."""
    if fraction <= 0:
        return 90.0
    if fraction >= 1:
        return -90.0
    return math.degrees(math.atan(math.sinh((0.5 - fraction) * 2 * math.pi)))


def _spread(number: int) -> int:
    """Put a zero bit between any two bits of a number below 2**32."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555


def key_at(column: int, row: int) -> int:
    """The key of a cell by its place in the grid of its level."""
    return _spread(column) | _spread(row) << 1


def column_and_row(key: int) -> tuple[int, int]:
    """And back."""
    return _gathered(key), _gathered(key >> 1)


def _gathered(number: int) -> int:
    """Every second bit of a number below 2**64."""
    number &= 0x5555555555555555
    number = (number | number >> 1) & 0x3333333333333333
    number = (number | number >> 2) & 0x0F0F0F0F0F0F0F0F
    number = (number | number >> 4) & 0x00FF00FF00FF00FF
    number = (number | number >> 8) & 0x0000FFFF0000FFFF
    return (number | number >> 16) & 0x00000000FFFFFFFF
