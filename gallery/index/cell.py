"""What a map shows of the images of one cell."""

from dataclasses import dataclass

from gallery.location.box import Box

UNPROCESSED = 1 << 40
"""Added to the number of an image that is not processed, so that it stands for a cell only where none is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The images of one cell."""

    count: int
    longitude: float
    """The mean, as the latitude is."""
    latitude: float
    bounds: Box
    """The smallest that holds them."""
    image_number: int
    """The first that is processed, if there is any."""
    worst_flag: int
    worst_review: int
    """Place in `GRAVEST_LAST`."""
