"""Numbers of images as a set, out of an array."""

from array import array
from typing import TYPE_CHECKING

from pyroaring import BitMap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def bitmap_of(numbers: "NDArray[np.uint32]") -> BitMap:
    """By way of an array of Python's own, which a BitMap reads in a tenth of the time."""
    found = array("I")
    found.frombytes(numbers.tobytes())
    return BitMap(found)
