"""A WebP's picture alone. Source: RFC 9649, section 2."""

import struct
from collections.abc import Iterator

from gallery.media.orientation import block_of, orientation_in

_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_IN_FRAME = {b"VP8 ", b"VP8L", b"ALPH"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_FRAME_HEAD_BYTES = 16


def bare_webp(content: bytes) -> bytes:
    """The file with what the picture needs. Raises ValueError for what is no WebP."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("no WebP")
    (size,) = struct.unpack_from("<I", content, 4)
    chunks = list(_chunks(content[12 : 8 + size]))
    exif = next((body for kind, body in chunks if kind == b"EXIF"), b"")
    orientation = orientation_in(exif.removeprefix(b"Exif\0\0"))
    kept = [_chunk(kind, _bare(kind, body, orientation != 1)) for kind, body in chunks if kind in _KEPT]
    if not kept:
        raise ValueError("a WebP without a picture")
    if orientation != 1 and any(kind == b"VP8X" for kind, _ in chunks):
        kept.append(_chunk(b"EXIF", block_of(orientation)))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _bare(kind: bytes, body: bytes, is_turned: bool) -> bytes:
    """A chunk's body without what it says of chunks that are gone, or holds besides a frame."""
    if kind == b"VP8X" and body:
        flags = body[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if is_turned else 0)
        return bytes([flags]) + body[1:10]
    if kind == b"ANMF":
        inner = [_chunk(*chunk) for chunk in _chunks(body[_FRAME_HEAD_BYTES:]) if chunk[0] in _IN_FRAME]
        return body[:_FRAME_HEAD_BYTES] + b"".join(inner)
    return body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if len(body) < size:
            raise ValueError("a chunk is cut")
        yield kind, body
        at += 8 + size + size % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2)
