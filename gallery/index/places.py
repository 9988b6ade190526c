"""The places of all images that are not in the trash, and of some; changes are taken in when asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from gallery.index.cell import UNPROCESSED
from gallery.models.review_state import GRAVEST_LAST

if TYPE_CHECKING:
    from gallery.index.points import Row
    from gallery.index.pyramid import Pyramid

MOST_KEPT = 4
"""Parts of the points that are held beside the whole: some tens of megabytes each at a million."""
MOST_FOLLOWED = 500
"""After more changes than this a part is made anew."""
_REVIEWS = {state.value: place for place, state in enumerate(GRAVEST_LAST)}


@dataclass
class Part:
    """The places of some images."""

    numbers: BitMap
    pyramid: "Pyramid"
    is_sure: bool = True
    """Whether nothing has changed by which its images are chosen."""
    moved: BitMap = field(default_factory=BitMap)
    """Of all images those that were put since."""


class Places:
    """Whatever is put is in the next pyramid that is asked for."""

    def __init__(self) -> None:
        self._whole = _pyramid_of(())
        self._rows: dict[int, Row | None] = {}
        """Of images put since the whole was asked for."""
        self._kept: OrderedDict[Hashable, Part] = OrderedDict()

    def load(self, blocks: Iterable[Sequence[Sequence[Any]]]) -> None:
        """Put all images, as rows of number, key, latitude, longitude, processed, worst flag and review."""
        self._whole = _pyramid_of(list(map(_as_point, rows)) for rows in blocks)
        self._whole.make_ready()

    def put(self, number: int, row: Sequence[Any] | None) -> None:
        """Let the image lie where such a row says; None: nowhere, or in the trash."""
        self._rows[number] = None if row is None else _as_point(row)

    def whole(self) -> "Pyramid":
        """All of them."""
        if self._rows:
            self._whole.put(self._rows)
            for part in self._kept.values():
                part.moved.update(self._rows)
            self._rows = {}
        return self._whole

    def part(self, key: Hashable, numbers: Callable[[], BitMap]) -> "Pyramid":
        """Those of some images, which are the same for a key as long as nothing changes."""
        whole, part = self.whole(), self._kept.get(key)
        if part is None or not part.is_sure:
            while len(self._kept) >= MOST_KEPT and part is None:
                self._kept.popitem(last=False)
            self._kept[key] = part = _followed(part, whole, BitMap(numbers()))
        self._kept.move_to_end(key)
        return part.pyramid

    def doubt_parts(self) -> None:
        """The sets by which parts are made are about to change."""
        for part in self._kept.values():
            part.is_sure = False


def _followed(part: Part | None, whole: "Pyramid", numbers: BitMap) -> Part:
    """The part as it is now, of these images."""
    if part is None:
        return Part(numbers, type(whole)(whole.points.among(numbers)))
    changed = (part.numbers ^ numbers) | part.moved
    if len(changed) > MOST_FOLLOWED:
        return _followed(None, whole, numbers)
    part.pyramid.put({number: whole.points.row(number) if number in numbers else None for number in changed})
    return Part(numbers, part.pyramid)


def _pyramid_of(blocks: "Iterable[Sequence[Row]]") -> "Pyramid":
    from gallery.index.points import Points  # noqa: PLC0415  # loads NumPy, 11 MB, with the first index
    from gallery.index.pyramid import Pyramid  # noqa: PLC0415  # the same

    return Pyramid(Points.of(blocks))


def _as_point(row: Sequence[Any]) -> "Row":
    number, key, latitude, longitude, is_processed, worst_flag, review = row
    rank = number if is_processed else number + UNPROCESSED
    return key, rank, latitude, longitude, worst_flag, _REVIEWS[review]
