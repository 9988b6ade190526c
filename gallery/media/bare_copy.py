"""An original without anything that could tell its place: the same pixels, no words.

What is not known to be needed for the picture is left out, whatever it claims to be, so that no block nobody
has heard of gets through. Nothing is decoded and nothing encoded again.
"""

from pathlib import Path

from gallery.errors import GalleryError
from gallery.media.bare_jpeg import bare_jpeg
from gallery.media.bare_png import bare_png
from gallery.media.bare_webp import bare_webp
from gallery.media.format import Format

MAX_BYTES = 128 * 1024**2
"""The copy is made in memory."""
_MAKERS = {Format.JPG: bare_jpeg, Format.PNG: bare_png, Format.WEBP: bare_webp}


class NoBareCopy(GalleryError):
    """The original's metadata cannot be taken away without making another picture of it."""

    code = "no_bare_copy"
    status = 422


def has_bare_copy(format: Format, size_bytes: int) -> bool:
    """Whether there is a way for files of this kind and size."""
    return format in _MAKERS and size_bytes <= MAX_BYTES


def bare_copy(path: Path, format: Format) -> bytes:
    """The copy. Raises NoBareCopy, and FileNotFoundError."""
    if not has_bare_copy(format, path.stat().st_size):
        raise NoBareCopy("This original cannot be given without the place that it may hold.")
    try:
        return _MAKERS[format](path.read_bytes())
    except ValueError as error:
        raise NoBareCopy("This original is damaged, and cannot be given without its place.") from error
