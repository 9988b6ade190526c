"""Image file directories: the tables of tags that TIFF files and EXIF blocks are made of.

Own code, for a stock reader gives up the whole directory at the first damaged tag and drops the types
that values are printed by. Source: TIFF 6.0, section 2; BigTIFF as libtiff writes it.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Literal, NamedTuple

MAX_ENTRIES = 1000
MAX_DATA_BYTES = 1_000_000
"""Of all values of one directory together: entries may point at the same bytes again and again."""

_ASCII, _UNDEFINED, _UTF8 = 2, 7, 129
_CODES = {1: "B", 3: "H", 4: "I", 5: "II", 6: "b", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d", 13: "I"}
_CODES |= {16: "Q", 17: "q", 18: "Q", _ASCII: "s", _UNDEFINED: "s", _UTF8: "s"}


class Rational(NamedTuple):
    numerator: int
    denominator: int

    def __float__(self) -> float:
        """NaN for a denominator of zero: such a number was never measured."""
        return self.numerator / self.denominator if self.denominator else float("nan")


class Entry(NamedTuple):
    """One tag as it lies in the file; `kind` is the TIFF field type, `data` the bytes of all its values."""

    kind: int
    data: bytes
    byte_order: Literal["<", ">"]

    @property
    def is_text(self) -> bool:
        return self.kind in (_ASCII, _UTF8)

    @property
    def is_undefined(self) -> bool:
        return self.kind == _UNDEFINED

    def numbers(self) -> list[int | float | Rational]:
        """All values of a numeric tag; the byte values of an undefined or textual one."""
        code = _CODES[self.kind].replace("s", "B")
        each = struct.iter_unpack(self.byte_order + code, self.data)
        return [Rational(*values) if len(values) == 2 else values[0] for values in each]

    def first_int(self) -> int | None:
        """The first value where it is a whole number, else None."""
        numbers = self.numbers()
        return numbers[0] if numbers and isinstance(numbers[0], int) else None


Ifd = dict[int, Entry]


def first_int(ifd: Ifd, tag: int) -> int | None:
    """The first value of a tag where it is there and a whole number, else None."""
    return ifd[tag].first_int() if tag in ifd else None


class _Layout(NamedTuple):
    count_code: str
    entry_code: str
    pointer_code: str


_CLASSIC = _Layout("H", "HHI4s", "I")
_BIG = _Layout("Q", "HHQ8s", "Q")


class _Reader(NamedTuple):
    file: BinaryIO
    byte_order: Literal["<", ">"]
    layout: _Layout

    def unpack(self, offset: int, code: str) -> tuple[int, ...]:
        """Raises `struct.error` where the file ends too early."""
        self.file.seek(offset)
        return struct.unpack(self.byte_order + code, self.file.read(struct.calcsize(self.byte_order + code)))


def read_ifds(file: BinaryIO) -> Iterator[Ifd]:
    """The chain of directories of a TIFF file or EXIF block that begins at offset 0; ends at damage."""
    try:
        reader, offset = _open(file)
    except (struct.error, ValueError):
        return
    seen: set[int] = set()
    while offset and offset not in seen:
        seen.add(offset)
        ifd, offset = _read_at(reader, offset)
        if ifd or offset:
            yield ifd


def read_sub_ifd(file: BinaryIO, offset: int) -> Ifd:
    """The directory that a pointer tag names; empty where there is none."""
    try:
        reader, _ = _open(file)
    except (struct.error, ValueError):
        return {}
    return _read_at(reader, offset)[0]


def _open(file: BinaryIO) -> tuple[_Reader, int]:
    file.seek(0)
    order: Literal["<", ">"] = "<" if file.read(2) == b"II" else ">"
    classic = _Reader(file, order, _CLASSIC)
    (version,) = classic.unpack(2, "H")
    if version == 43:
        return _Reader(file, order, _BIG), classic.unpack(8, "Q")[0]
    return classic, classic.unpack(4, "I")[0]


def _read_at(reader: _Reader, offset: int) -> tuple[Ifd, int]:
    """The directory at `offset` with every entry that can be read, and the offset of the next one or 0."""
    count_code, entry_code, pointer_code = reader.layout
    ifd: Ifd = {}
    left_bytes = MAX_DATA_BYTES
    try:
        (count,) = reader.unpack(offset, count_code)
        first = offset + struct.calcsize("<" + count_code)
        entry_bytes = struct.calcsize("<" + entry_code)
        for at in range(min(count, MAX_ENTRIES)):
            tag, entry = _read_entry(reader, first + at * entry_bytes, left_bytes)
            if entry is not None:
                ifd.setdefault(tag, entry)
                left_bytes -= len(entry.data)
        (following,) = reader.unpack(first + count * entry_bytes, pointer_code)
    except (struct.error, OSError, OverflowError, ValueError):
        return ifd, 0
    return ifd, following


def _read_entry(reader: _Reader, offset: int, max_bytes: int) -> tuple[int, Entry | None]:
    """The tag at `offset`; None beside its number where its type, length or place makes no sense."""
    tag, kind, count, inline = reader.unpack(offset, reader.layout.entry_code)
    if kind not in _CODES:
        return tag, None
    size_bytes = count * struct.calcsize("<" + _CODES[kind])
    if size_bytes > max_bytes:
        return tag, None
    data: bytes = inline[:size_bytes]  # type: ignore[index]  # the code's last field is "4s" or "8s"
    if size_bytes > len(inline):  # type: ignore[arg-type]  # as above
        (place,) = struct.unpack(reader.byte_order + reader.layout.pointer_code, inline)  # type: ignore[arg-type]
        reader.file.seek(place)
        data = reader.file.read(size_bytes)
    return tag, Entry(kind, data, reader.byte_order) if len(data) == size_bytes else None
