"""Which of many places are nearest to one."""

import math
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gallery.location import tile
from gallery.location.position import Position

FINEST, COARSEST = 24, 7
"""Levels of the cells that are looked through. Wider ones are as good as the whole Earth."""
WIDER = 2
"""Levels: the corner of the cell beside is three cells away, and what is beyond the next four is further."""
MOST_LATITUDE = 80.0
"""Nearer to a pole cells of one level differ too much."""


def around(keys: NDArray[np.int64], here: Position, count: int) -> NDArray[np.intp]:
    """Of rising keys the places in the array of some that hold the nearest, which are so many."""
    key = tile.key_of(here)
    for level in range(FINEST, COARSEST, -1) if abs(here.latitude) <= MOST_LATITUDE else ():
        first, end = _spans(keys, key, level)
        if int((end - first).sum()) >= count:
            spans = zip(*_spans(keys, key, level - WIDER), strict=True)
            return np.concatenate([np.arange(*span) for span in spans])
    return np.arange(len(keys))


def _spans(keys: NDArray[np.int64], key: int, level: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the cell and the eight around it begin and end, across 180° too."""
    shift, across = 2 * (tile.LEVEL - level), 1 << level
    column, row = tile.column_and_row(key >> shift)
    columns = {(column + step) % across for step in (-1, 0, 1)}
    rows = range(max(row - 1, 0), min(row + 2, across))
    first = np.array([tile.key_at(x, y) for x, y in product(columns, rows)], np.int64) << shift
    return np.searchsorted(keys, first), np.searchsorted(keys, first + (1 << shift))


def nearest(
    here: Position, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64], count: int
) -> NDArray[np.intp]:
    """The places of so many, the nearest first, as on a sphere: those of nearly one distance may change."""
    south, north = np.radians(latitudes), math.radians(here.latitude)
    across = np.sin(np.radians(longitudes - here.longitude) / 2) ** 2
    far = np.sin((south - north) / 2) ** 2 + np.cos(south) * math.cos(north) * across
    found = np.argpartition(far, count)[:count] if len(far) > count else np.arange(len(far))
    nearest_first: NDArray[np.intp] = found[np.argsort(far[found], kind="stable")]
    return nearest_first
