"""One gzip member (RFC 1952) put together of pieces that were compressed apart.

A piece is raw deflate (RFC 1951) that begins with no history and ends with a full flush on a byte's edge, so
that pieces can follow each other. The member's check is joined from those of its pieces: appending n bytes
multiplies a CRC by x^(8n) modulo the polynomial (as zlib's crc32_combine does).
"""

import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, unknown system."""
_LAST = b"\x03\x00"
"""An empty last block with fixed codes."""
_POLYNOMIAL = 0xEDB88320
"""Of CRC-32, its lowest power in the highest bit."""
_ONE, _X = 1 << 31, 1 << 30


class Piece(NamedTuple):
    """What was compressed, and what its bytes do to a check."""

    deflated: bytes
    length_bytes: int
    """Before it was compressed."""
    crc: int
    shift: int
    """x^(8 length) modulo the polynomial."""


class Member:
    """Counts and checks what went into it; each method gives the bytes to send."""

    def __init__(self) -> None:
        self._crc = self._length = 0

    def add(self, piece: Piece) -> bytes:
        """A piece as it was kept."""
        self._crc = _times(piece.shift, self._crc) ^ piece.crc
        self._length += piece.length_bytes
        return piece.deflated

    def write(self, content: bytes) -> bytes:
        """Other bytes: compressed now, or as they are where they are few."""
        self._crc = zlib.crc32(content, self._crc)
        self._length += len(content)
        return _stored(content) if len(content) < 64 else _deflated(content, 1)

    def end(self) -> bytes:
        """The last bytes."""
        return _LAST + struct.pack("<II", self._crc, self._length & 0xFFFFFFFF)


def piece_of(content: bytes) -> Piece:
    """Compress what will be sent many times."""
    return Piece(_deflated(content, 6), len(content), zlib.crc32(content), _shift(len(content)))


def _deflated(content: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(content: bytes) -> bytes:
    """A block that is not compressed, of fewer than 65,536 bytes."""
    length = len(content)
    return b"\x00" + struct.pack("<HH", length, length ^ 0xFFFF) + content


@lru_cache(maxsize=4096)
def _shift(length_bytes: int) -> int:
    product, power, exponent = _ONE, _X, 8 * length_bytes
    while exponent:
        if exponent & 1:
            product = _times(power, product)
        power = _times(power, power)
        exponent >>= 1
    return product


def _times(a: int, b: int) -> int:
    """The product of two polynomials over GF(2) modulo the polynomial."""
    product, bit = 0, 1 << 31
    while a:
        if a & bit:
            product ^= b
            a ^= bit
        bit >>= 1
        b = (b >> 1) ^ _POLYNOMIAL if b & 1 else b >> 1
    return product
