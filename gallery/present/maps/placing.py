"""Where the images under a filter lie, counted: from the index where it knows them, else by SQL."""

from typing import NamedTuple

from gallery.location.box import Box


class Placing(NamedTuple):
    """How many have a position, how many have none, and the smallest box around them."""

    total: int
    unplaced: int
    extent: Box | None
