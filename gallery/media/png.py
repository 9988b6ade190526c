"""What a PNG file says of its colours beyond what libvips reads."""

import struct
from pathlib import Path

from gallery.media.hdr import UNSAID, Coding

_SIGNATURE_BYTES = 8
_CHECKSUM_BYTES = 4
_MOST_CHUNKS = 1000


def png_coding(path: Path) -> Coding:
    """Of its cICP chunk (PNG, third edition, 11.3.2.6), which stands before the pixels, else `UNSAID`."""
    with path.open("rb") as file:
        file.seek(_SIGNATURE_BYTES)
        for _ in range(_MOST_CHUNKS):
            head = file.read(8)
            if len(head) < 8 or head[4:] == b"IDAT":
                break
            (length,) = struct.unpack(">I", head[:4])
            if head[4:] == b"cICP" and length == 4 and len(numbers := file.read(4)) == 4:
                return Coding(primaries=numbers[0], transfer=numbers[1])
            file.seek(length + _CHECKSUM_BYTES, 1)
    return UNSAID
