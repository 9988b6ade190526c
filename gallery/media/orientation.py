"""The one EXIF tag that a picture needs to be seen as it was taken."""

import struct
from io import BytesIO

from gallery.media.ifd import first_int, read_ifds

_TAG, _SHORT = 0x0112, 3


def orientation_in(block: bytes) -> int:
    """1 to 8, of an EXIF block from its byte-order mark on; 1 where it says nothing else."""
    found = first_int(next(read_ifds(BytesIO(block)), {}), _TAG)
    return found if found is not None and 1 <= found <= 8 else 1


def block_of(orientation: int) -> bytes:
    """An EXIF block that holds nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _TAG, _SHORT, 1, orientation, 0, 0)
