"""Text out of EXIF: whatever bytes lie there become clean Unicode."""

import unicodedata

from gallery.media.ifd import Entry

MAX_CHARACTERS = 10_000

_COMMENT_CODE_BYTES = 8


def clean(text: str) -> str:
    """Without NUL and other control characters (breaks and tabs become spaces), cut at `MAX_CHARACTERS`."""
    text = text[:MAX_CHARACTERS]
    if text.isprintable():
        return text
    return "".join(
        " " if letter in "\t\n\r" else letter
        for letter in text
        if letter in "\t\n\r" or unicodedata.category(letter) not in ("Cc", "Cs")
    )


def decode(data: bytes) -> str:
    """Up to the first NUL: UTF-8 where it is that, else latin-1."""
    data = data.split(b"\0", 1)[0]
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def decode_copyright(data: bytes) -> str:
    """The photographer's and the editor's copyright, which a NUL parts (section 4.6.4, tag 8298)."""
    parts = (decode(part).rstrip() for part in data.split(b"\0", 2)[:2])
    return "; ".join(part for part in parts if part)


def decode_windows(entry: Entry) -> str:
    """The XP… tags of Windows: UTF-16, little-endian in files of either order."""
    return entry.data.decode("utf-16-le", "replace").split("\0", 1)[0]


def decode_comment(entry: Entry) -> str:
    """UserComment and its kin: eight bytes that name the character code, then the text (section 4.6.5)."""
    code, text = entry.data[:_COMMENT_CODE_BYTES], entry.data[_COMMENT_CODE_BYTES:]
    if code.startswith(b"UNICODE"):
        return _utf16(text, entry.byte_order).split("\0", 1)[0].rstrip()
    if code.startswith(b"JIS"):
        return text.decode("iso2022_jp", "replace").rstrip("\0 ")
    if code.startswith(b"ASCII") or not code.strip(b"\0 "):
        return decode(text).rstrip()
    return decode(entry.data).rstrip()


def _utf16(data: bytes, byte_order: str) -> str:
    """Writers disagree about the order of bytes, so that with more zeros in its high bytes wins."""
    high_zeros, low_zeros = data[::2].count(0), data[1::2].count(0)
    if high_zeros != low_zeros:
        byte_order = ">" if high_zeros > low_zeros else "<"
    return data.decode("utf-16-be" if byte_order == ">" else "utf-16-le", "replace")
