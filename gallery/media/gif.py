"""GIF pixels, by Pillow, which holds a byte for each: libvips holds four, and the file."""

from pathlib import Path

import pyvips
from PIL import Image

from gallery.media.loaders import open_lazily

_ALL_NUMBERS = bytes(range(256))


def decode_gif(path: Path) -> pyvips.Image:
    """The first frame, with transparency where it has any; in memory as the numbers of its colours.

    What Pillow does not take, or a frame that leaves some of the picture empty, is left to libvips. Raises
    `pyvips.Error`, and `FileNotFoundError` where there is no file.
    """
    image = open_lazily(path)
    size_px = image.width, image.height
    del image  # it holds the whole file
    try:
        decoded = _decoded(path, size_px)
    except (ValueError, SyntaxError, EOFError, OSError, IndexError):
        decoded = None
    return open_lazily(path) if decoded is None else decoded


def _decoded(path: Path, size_px: tuple[int, int]) -> pyvips.Image | None:
    with Image.open(path, formats=("GIF",)) as opened:
        if opened.size != size_px or opened.tile[0].extents != (0, 0, *size_px):
            return None
        numbers, colours = opened.tobytes(), _colours(opened)
    bands = len(colours) // len(_ALL_NUMBERS)
    table = pyvips.Image.new_from_memory(colours, len(_ALL_NUMBERS), 1, bands, "uchar")
    picture = pyvips.Image.new_from_memory(numbers, *size_px, 1, "uchar").maplut(table)
    return picture.copy(interpretation="srgb")


def _colours(opened: Image.Image) -> bytes:
    """Of every number, RGB or RGBA."""
    strip = Image.frombytes(opened.mode, (len(_ALL_NUMBERS), 1), _ALL_NUMBERS)
    if opened.mode == "P":
        strip.putpalette(opened.getpalette() or [])
    clear = opened.info.get("transparency")
    if clear is None:
        return strip.convert("RGB").tobytes()
    strip.info["transparency"] = clear
    return strip.convert("RGBA").tobytes()
