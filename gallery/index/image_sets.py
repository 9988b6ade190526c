"""The sets of image numbers that filters are made of."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from pyroaring import BitMap

from gallery.index.moments import Moments
from gallery.index.partition import Partition
from gallery.index.places import Places
from gallery.index.word_sets import WordSets

T = TypeVar("T")
MOST_REMEMBERED = 64


class ImageRow(NamedTuple):
    """What of an image's row the sets say."""

    number: int
    album_number: int
    format: str
    uploader_number: int | None
    is_placed: bool
    is_trashed: bool
    worst_flag: int
    review: str
    added_s: int
    """When it was added, in seconds since 1970."""
    taken_s: int
    """When it was taken; added, where nothing says when it was taken."""


class ImageSets:
    """By tag, album, format, uploader and so on the images. What lies in the trash is in no album here."""

    def __init__(self) -> None:
        self.there = BitMap()
        """Not in the trash."""
        self.placed = BitMap()
        self.tagged = BitMap()
        """With one tag at least."""
        self.albums: Partition[int] = Partition()
        self.formats: Partition[str] = Partition()
        self.uploaders: Partition[int] = Partition()
        self.worst_flags: Partition[int] = Partition()
        """By severity; images without a flag are in none."""
        self.reviews: Partition[str] = Partition()
        self.added, self.taken = Moments(), Moments()
        self.flags: dict[str, BitMap] = {}
        """By code; of images in the trash, too."""
        self.tags: dict[int, BitMap] = {}
        """By the tag's number; of images in the trash, too."""
        self.tag_names: dict[int, str] = {}
        self.tag_numbers: dict[str, int] = {}
        self.words = WordSets()
        self.places = Places()
        self.kept: dict[int, Any] = {}
        """By image what was read of its row for pages; `drop` and `put` of the image let it go."""
        self._tag_counts = array("I")
        self._worked_out: dict[Hashable, Any] = {}
        self._uses: dict[Hashable, Any] = {}

    def worked_out(self, key: Hashable, work: Callable[[], T]) -> T:
        """What the work gives, done once while nothing changes; it must read nothing older than the sets."""
        return _once(self._worked_out, key, work)

    def uses(self, albums: frozenset[int] | None, work: Callable[[], T]) -> T:
        """The same of what the tags of the albums' images tell alone: most changes leave it as it is."""
        return _once(self._uses, albums, work)

    def forget_worked_out(self) -> None:
        """The sets are about to change."""
        self._worked_out.clear()
        self.places.doubt_parts()

    def put(self, row: ImageRow) -> None:
        """Let the image be as its row says."""
        number, is_there = row.number, not row.is_trashed
        self.kept.pop(number, None)
        _set(self.there, number, is_there)
        _set(self.placed, number, row.is_placed)
        if self.albums.put(number, row.album_number if is_there else None) and number in self.tagged:
            self._uses.clear()
        self.formats.put(number, row.format)
        self.uploaders.put(number, row.uploader_number)
        self.worst_flags.put(number, row.worst_flag or None)
        self.reviews.put(number, row.review)
        self.added.put(number, row.added_s)
        self.taken.put(number, row.taken_s)

    def load(self, rows: Sequence[Sequence[Any]]) -> None:
        """Put many images, as rows of ImageRow, that the sets do not have yet."""
        numbers, albums, formats, uploaders, placed, trashed, worst, reviews, added, taken = zip(
            *rows, strict=True
        )
        there = [number for number, is_trashed in zip(numbers, trashed, strict=True) if not is_trashed]
        self.there.update(there)
        self.placed.update([number for number, is_placed in zip(numbers, placed, strict=True) if is_placed])
        shown = [None if is_trashed else album for album, is_trashed in zip(albums, trashed, strict=True)]
        self.albums.load(numbers, shown)
        self.formats.load(numbers, formats)
        self.uploaders.load(numbers, uploaders)
        self.worst_flags.load(numbers, [severity or None for severity in worst])
        self.reviews.load(numbers, reviews)
        self.added.load(numbers, added)
        self.taken.load(numbers, taken)

    def drop(self, number: int) -> None:
        """The image is gone; its tags are said one by one."""
        self.kept.pop(number, None)
        self.there.discard(number)
        self.placed.discard(number)
        for partition in (self.albums, self.formats, self.uploaders, self.worst_flags, self.reviews):
            partition.put(number, None)
        self.put_flags(number, ())

    def put_flags(self, number: int, codes: Iterable[str]) -> None:
        """Let the image have these flags and no others."""
        for numbers in self.flags.values():
            numbers.discard(number)
        for code in codes:
            self.flags.setdefault(code, BitMap()).add(number)

    def flagged(self, codes: Iterable[str], severities: Iterable[int]) -> BitMap:
        """The images with a flag of one of the codes, or whose gravest is of one of the severities."""
        with_code = (self.flags.get(code, _NONE) for code in codes)
        return BitMap.union(self.worst_flags.having(severities), *with_code)

    def put_tags(self, tag_number: int, image_numbers: Sequence[int]) -> None:
        """The tag is on these images, on none of which the sets have it yet."""
        self.tags.setdefault(tag_number, BitMap()).update(image_numbers)
        self.tagged.update(image_numbers)
        self._grow(max(image_numbers))
        for number in image_numbers:
            self._tag_counts[number] += 1

    def lay_tags_side_by_side(self) -> None:
        """Copied in the order in which they are counted, they are read from memory a third faster."""
        by_use = sorted(self.tags.items(), key=lambda tag: -len(tag[1]))
        self.tags = {number: numbers.copy() for number, numbers in by_use}

    def put_tag(self, tag_number: int, image_number: int, *, is_on: bool) -> None:
        """Whether the tag is on the image."""
        held = self.tags.setdefault(tag_number, BitMap())
        if (image_number in held) is is_on:
            return
        self._uses.clear()
        _set(held, image_number, is_on)
        self._grow(image_number)
        self._tag_counts[image_number] += 1 if is_on else -1
        _set(self.tagged, image_number, self._tag_counts[image_number] > 0)

    def name_tag(self, tag_number: int, name: str | None) -> None:
        """The tag's name now; None: there is no such tag."""
        self._uses.clear()
        old = self.tag_names.pop(tag_number, None)
        if old is not None and self.tag_numbers.get(old) == tag_number:
            del self.tag_numbers[old]
        if name is not None:
            self.tag_names[tag_number], self.tag_numbers[name] = name, tag_number

    def with_tag(self, name: str) -> BitMap:
        """The images that have the tag; not to be changed."""
        return self.tags.get(self.tag_numbers.get(name, 0), _NONE)

    def with_each_tag(self, names: Iterable[str]) -> list[BitMap]:
        """The same of each of the tags, of which there may be thousands."""
        held, number_of = self.tags.get, self.tag_numbers.get
        return [held(number_of(name, 0), _NONE) for name in names]

    def with_any_tag(self, names: Iterable[str]) -> BitMap:
        """The images that have one of the tags."""
        return BitMap.union(_NONE, *self.with_each_tag(names))

    def _grow(self, number: int) -> None:
        if number >= len(self._tag_counts):
            self._tag_counts.frombytes(bytes(4 * (number + 1 - len(self._tag_counts))))


def _once(remembered: dict[Hashable, Any], key: Hashable, work: Callable[[], T]) -> T:
    if key not in remembered:
        while len(remembered) >= MOST_REMEMBERED:
            del remembered[next(iter(remembered))]
        remembered[key] = work()
    return cast(T, remembered[key])


def _set(numbers: BitMap, number: int, is_in: bool) -> None:
    (numbers.add if is_in else numbers.discard)(number)


_NONE = BitMap()
