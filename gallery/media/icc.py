"""What a colour profile says of its numbers beyond what libvips reads."""

import struct

from gallery.media.hdr import UNSAID, Coding

_HEADER_BYTES, _ENTRY_BYTES = 128, 12
_MOST_TAGS = 100


def profile_coding(profile: bytes) -> Coding:
    """Of the cicp tag of an RGB profile (ICC.1:2022, 9.2.17 and 10.3), else `UNSAID`."""
    table = _HEADER_BYTES + 4
    if profile[16:20] != b"RGB ":
        return UNSAID
    count = min(int.from_bytes(profile[_HEADER_BYTES:table]), _MOST_TAGS)
    for at in range(table, min(table + count * _ENTRY_BYTES, len(profile) - _ENTRY_BYTES + 1), _ENTRY_BYTES):
        name, offset, _ = struct.unpack_from(">4sII", profile, at)
        content = profile[offset : offset + 12]
        if name == b"cicp" and content[:4] == b"cicp" and len(content) == 12:
            return Coding(primaries=content[8], transfer=content[9])
    return UNSAID
