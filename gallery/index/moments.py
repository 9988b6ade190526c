"""Moments of images, such as when they were added: compared without asking the database for each."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyroaring import BitMap

from gallery.index.numbers import bitmap_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BEFORE_ALL = -(2**62)


class Moments:
    """By number of image a second since 1970, rounded up or down."""

    def __init__(self) -> None:
        self._seconds = array("q")

    def put(self, number: int, second: int) -> None:
        """Let the image have this moment."""
        self.load((number,), (second,))

    def load(self, numbers: Sequence[int], seconds: Sequence[int]) -> None:
        """Put many."""
        self._seconds.frombytes(bytes(8 * max(0, max(numbers) + 1 - len(self._seconds))))
        for number, second in zip(numbers, seconds, strict=True):
            self._seconds[number] = second

    def beyond(
        self, numbers: BitMap, second: int | None, count: int, *, backwards: bool = False
    ) -> "tuple[NDArray[np.uint32], NDArray[np.uint32]]":
        """Of these images those of about this second, and the first so many of those clearly after it, or
        before it if backwards; with all others of one second with the last of them.

        None: from the beginning.
        """
        import numpy as np  # noqa: PLC0415  # which the index has loaded by now

        found, sign = np.frombuffer(numbers.to_array(), np.uint32), -1 if backwards else 1
        begin = _BEFORE_ALL if second is None else sign * second
        seconds = sign * np.frombuffer(self._seconds, np.int64)[found]
        is_after = seconds > begin + 1
        about = found[(seconds >= begin - 1) & ~is_after]
        found, seconds = found[is_after], seconds[is_after]
        if len(found) > count:
            found = found[seconds <= np.partition(seconds, count - 1)[count - 1]]
        return about, found

    def between(self, numbers: BitMap, begin: float, end: float) -> tuple[BitMap, BitMap]:
        """Of these images those that are clearly between two instants, and those of about one of them."""
        import numpy as np  # noqa: PLC0415  # the same

        found = np.frombuffer(numbers.to_array(), np.uint32)
        seconds = np.frombuffer(self._seconds, np.int64)[found]
        is_sure = (seconds > begin + 1) & (seconds < end - 1)
        is_near = (seconds >= begin - 1) & (seconds <= end + 1) & ~is_sure
        return bitmap_of(found[is_sure]), bitmap_of(found[is_near])
