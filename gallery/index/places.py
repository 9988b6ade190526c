"""The places of all images that are not in the trash, kept as points that are put in order when asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from gallery.index.cell import UNPROCESSED
from gallery.models.review_state import GRAVEST_LAST

if TYPE_CHECKING:
    from gallery.index.points import Points

MOST_KEPT = 4
"""Parts of the points that are held beside the whole: some tens of megabytes each at a million."""
_REVIEWS = {state.value: place for place, state in enumerate(GRAVEST_LAST)}


class Places:
    """Whatever is put is in the next points that are asked for."""

    def __init__(self) -> None:
        self._points = _points_of(())
        self._moved = BitMap()
        self._rows: dict[int, Sequence[Any]] = {}
        """Of images put since the points were made."""
        self._kept: OrderedDict[Hashable, Points] = OrderedDict()

    def load(self, blocks: Iterable[Sequence[Sequence[Any]]]) -> None:
        """Put all images, as rows of number, key, latitude, longitude, processed, worst flag and review."""
        self._points = _points_of(list(map(_as_point, rows)) for rows in blocks)

    def put(self, number: int, row: Sequence[Any] | None) -> None:
        """Let the image lie where such a row says; None: nowhere, or in the trash."""
        self._moved.add(number)
        self._rows.pop(number, None)
        if row is not None:
            self._rows[number] = _as_point(row)

    def points(self) -> "Points":
        """All of them."""
        if self._moved:
            rest = self._points.without(self._moved)
            self._points = rest.joined(_points_of([list(self._rows.values())])) if self._rows else rest
            self._kept.clear()
            self._moved.clear()
            self._rows.clear()
        return self._points

    def part(self, key: Hashable, numbers: Callable[[], BitMap]) -> "Points":
        """Those of some images, which are the same for a key as long as nothing changes."""
        points = self.points()
        if key not in self._kept:
            while len(self._kept) >= MOST_KEPT:
                self._kept.popitem(last=False)
            self._kept[key] = points.among(numbers())
        self._kept.move_to_end(key)
        return self._kept[key]

    def forget_parts(self) -> None:
        """The sets by which parts are made are about to change."""
        self._kept.clear()


def _points_of(blocks: Iterable[Sequence[Sequence[Any]]]) -> "Points":
    from gallery.index.points import Points  # noqa: PLC0415  # loads NumPy, 11 MB, with the first index

    return Points.of(blocks)


def _as_point(row: Sequence[Any]) -> tuple[Any, ...]:
    number, key, latitude, longitude, is_processed, worst_flag, review = row
    rank = number if is_processed else number + UNPROCESSED
    return key, rank, latitude, longitude, worst_flag, _REVIEWS[review]
