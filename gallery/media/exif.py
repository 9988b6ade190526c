"""What a picture says about itself: its EXIF tags as exiftool would print them, its place and its time."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pyvips

from gallery.media.exif_position import ExifPosition, read_position
from gallery.media.exif_print import print_value
from gallery.media.exif_tags import (
    EXIF_POINTER,
    GPS_NAMES,
    GPS_POINTER,
    INTEROP_NAMES,
    INTEROP_POINTER,
    NAMES,
)
from gallery.media.exif_text import decode
from gallery.media.format import Format
from gallery.media.ifd import Ifd, read_ifds, read_sub_ifd
from gallery.media.loaders import open_lazily

MAX_TAGS = 500
MAX_BLOCK_BYTES = 16 * 1024**2
"""Of a larger EXIF block only the beginning is read; a JPEG's has 64 kB at most."""

_DATE_TIME_ORIGINAL, _OFFSET_ORIGINAL, _SUBSEC_ORIGINAL = 0x9003, 0x9011, 0x9291
_DATE_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):([0-5]\d)", re.ASCII)
_MAX_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Exif:
    tags: dict[str, str] = field(default_factory=dict)
    """In file order: IFD0, ExifIFD, GPS, Interop; without MakerNote, thumbnail and other blobs."""
    position: ExifPosition | None = None
    taken_at: datetime | None = None
    """The camera's wall time, in the offset that the file names, else called UTC; to the millisecond."""


def read_exif(path: Path, format: Format) -> Exif:
    """Whatever of the EXIF can be read; an empty `Exif` where there is none. Damage raises nothing."""
    if format is Format.PDF:
        return Exif()
    if format is Format.TIFF:
        with path.open("rb") as file:
            return _read(file)
    return _read(BytesIO(_exif_block(path)))


def _exif_block(path: Path) -> bytes:
    """The EXIF block of anything but TIFF, from its byte-order mark on; empty where there is none."""
    try:
        image = open_lazily(path, fail_on="none")
    except pyvips.Error:
        return b""
    block: bytes = image.get("exif-data") if image.get_typeof("exif-data") else b""
    return block[:MAX_BLOCK_BYTES].removeprefix(b"Exif\0\0")


def _read(file: BinaryIO) -> Exif:
    main = next(read_ifds(file), {})
    camera = _sub_ifd(file, main, EXIF_POINTER)
    gps = _sub_ifd(file, main, GPS_POINTER)
    interop = _sub_ifd(file, camera, INTEROP_POINTER)
    tags: dict[str, str] = {}
    for ifd, names in ((main, NAMES), (camera, NAMES), (gps, GPS_NAMES), (interop, INTEROP_NAMES)):
        _add_tags(tags, ifd, names)
    return Exif(tags, read_position(gps), _taken_at(main | camera))


def _sub_ifd(file: BinaryIO, ifd: Ifd, pointer: int) -> Ifd:
    offset = ifd[pointer].first_int() if pointer in ifd else None
    return read_sub_ifd(file, offset) if offset else {}


def _add_tags(tags: dict[str, str], ifd: Ifd, names: dict[int, str]) -> None:
    for tag, entry in ifd.items():
        name = names.get(tag)
        if name is None or (len(tags) >= MAX_TAGS and name not in tags):
            continue
        try:
            value = print_value(name, entry)
        except (ArithmeticError, LookupError, ValueError):
            continue  # one senseless value does not cost the others
        if value is not None:
            tags[name] = value


def _taken_at(ifd: Ifd) -> datetime | None:
    match = _DATE_TIME.fullmatch(_text(ifd, _DATE_TIME_ORIGINAL))
    if match is None:
        return None
    digits = re.match(r"\d*", _text(ifd, _SUBSEC_ORIGINAL), re.ASCII)
    milliseconds = int(digits[0][:3].ljust(3, "0")) if digits else 0
    try:
        parts = [int(part) for part in match.groups()]
        year, month, day, hour, minute, second = parts
        offset = _offset(_text(ifd, _OFFSET_ORIGINAL))
        taken_at = datetime(year, month, day, hour, minute, second, milliseconds * 1000, offset)
        taken_at.astimezone(UTC)
    except (ValueError, OverflowError):  # the second for a year that no other zone can tell
        return None
    return taken_at


def _offset(text: str) -> timezone:
    match = _OFFSET.fullmatch(text)
    if match is None:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if offset > _MAX_OFFSET:
        return UTC
    return timezone(-offset if match[1] == "-" else offset)


def _text(ifd: Ifd, tag: int) -> str:
    return decode(ifd[tag].data).strip() if tag in ifd else ""
