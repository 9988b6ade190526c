"""A JPEG's picture alone: tables, frame, scans, colour profile, and which side is up.

Source: ITU-T T.81, annex B; Adobe's APP14 (Adobe Technical Note 5116); ICC.1, annex B.4.
"""

import re
import struct
from collections.abc import Iterator

from gallery.media.orientation import block_of, orientation_in

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_NOT_DATA = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
"""A marker that ends a scan's data: no stuffed zero and no restart."""
_EXIF, _ICC, _ADOBE, _JFIF = b"Exif\0", b"ICC_PROFILE\0", b"Adobe", b"JFIF\0"
_JFIF_BYTES, _ADOBE_BYTES = 14, 12


def bare_jpeg(content: bytes) -> bytes:
    """The file up to its end marker, with what the picture needs. Raises ValueError for what is no JPEG."""
    if not content.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    kept, orientation, has_exif, has_scan = [], 1, False, False
    for marker, body, data in _segments(content):
        if marker == _APP1 and body.startswith(_EXIF) and not has_exif:
            orientation, has_exif = orientation_in(body[6:]), True
            continue
        wanted = _wanted(marker, body)
        if wanted is not None:
            kept.append(_segment(marker, wanted) + data)
            has_scan = has_scan or marker == _SCAN
    if not has_scan:
        raise ValueError("a JPEG without a picture")
    return b"".join((b"\xff\xd8", *_turned(kept, orientation), b"\xff\xd9"))


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(marker, body, data of the scan that it begins) of each; ends at the end marker, or where it is cut."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise ValueError("a marker is missing")
        marker = content[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == _END:
            return
        (size,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + size
        if size < 2 or end > len(content):
            raise ValueError("a segment is cut")
        body, at = content[at + 4 : end], end
        if marker == _SCAN:
            found = _NOT_DATA.search(content, at)
            at = found.start() if found else len(content)
        yield marker, body, content[end:at]


def _wanted(marker: int, body: bytes) -> bytes | None:
    """What of the segment is kept; None: nothing."""
    if marker in _TABLES or marker in _FRAMES or marker == _SCAN:
        return body
    if marker == _APP0 and body.startswith(_JFIF) and len(body) >= _JFIF_BYTES:
        return body[: _JFIF_BYTES - 2] + b"\0\0"  # without its thumbnail
    if marker == _APP2 and body.startswith(_ICC):
        return body
    if marker == _APP14 and body.startswith(_ADOBE) and len(body) >= _ADOBE_BYTES:
        return body[:_ADOBE_BYTES]
    return None


def _turned(kept: list[bytes], orientation: int) -> list[bytes]:
    """With the orientation, where it is not the plain one; JFIF's own segment must come first."""
    if orientation == 1:
        return kept
    place = 1 if kept[0][1] == _APP0 else 0
    return [*kept[:place], _segment(_APP1, b"Exif\0\0" + block_of(orientation)), *kept[place:]]


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
