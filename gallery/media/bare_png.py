"""A PNG's picture alone. Source: PNG (Third Edition), sections 5 and 11."""

import struct
import zlib
from collections.abc import Iterator

from gallery.media.orientation import block_of, orientation_in

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
_KEPT |= {b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT", b"IEND"}


def bare_png(content: bytes) -> bytes:
    """The file up to its last chunk, with what the picture needs. Raises ValueError for what is no PNG."""
    if not content.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    chunks = list(_chunks(content))
    exif = next((body for kind, body in chunks if kind == b"eXIf"), b"")
    orientation = orientation_in(exif.removeprefix(b"Exif\0\0"))
    kept = [_chunk(kind, body) for kind, body in chunks if kind in _KEPT]
    if not chunks or (chunks[0][0], chunks[-1][0]) != (b"IHDR", b"IEND"):
        raise ValueError("a PNG without its beginning or end")
    if orientation != 1:
        kept.insert(1, _chunk(b"eXIf", block_of(orientation)))
    return b"".join((_SIGNATURE, *kept))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at + 12 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + size]
        if len(body) < size:
            raise ValueError("a chunk is cut")
        yield kind, body
        if kind == b"IEND":
            return
        at += size + 12


def _chunk(kind: bytes, body: bytes) -> bytes:
    if kind == b"IEND":
        body = b""
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))
