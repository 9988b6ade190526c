"""AVIF pixels, by dav1d as Pillow has it: libvips' own decoder takes half as much time and memory again."""

from pathlib import Path

import pyvips
from PIL import AvifImagePlugin, Image

from gallery.media.hdr import marked
from gallery.media.heic import coding_of, from_display_p3
from gallery.media.libavif import avif_pixels
from gallery.media.loaders import open_lazily

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread has its own pictures in memory
_ORIENTATION = 0x0112
_ROWS = 256
_SIDEWAYS = {5, 6, 7, 8}
_INTERPRETATIONS = {"uchar": "srgb", "ushort": "rgb16"}


def decode_avif(path: Path, box_px: int | None) -> pyvips.Image:
    """The picture, 8 bit in memory, with orientation and profile; Display P3 without one becomes sRGB;
    PQ and HLG are marked, with all their bits. Where it can be, it is limited to `box_px` on its longer side.

    What Pillow does not take, or shows in another size (a cut-out of the coded picture, a sequence), is left
    to libvips, not evaluated yet. Raises `pyvips.Error`, and `FileNotFoundError` where there is no file.
    """
    image, coding = open_lazily(path), coding_of(path)
    try:
        decoded = _decoded(path, (image.width, image.height), box_px, is_hdr=coding.is_hdr)
    except (ValueError, SyntaxError, EOFError, OSError):
        decoded = None
    image = image if decoded is None else decoded
    if coding.is_hdr:
        return marked(image, coding)
    return image if image.get_typeof("icc-profile-data") else from_display_p3(image, coding)


def _decoded(
    path: Path, upright_px: tuple[int, int], box_px: int | None, *, is_hdr: bool
) -> pyvips.Image | None:
    """None where Pillow finds another size, or would have to cut HDR down to 8 bit."""
    with Image.open(path, formats=("AVIF",)) as opened:
        size_px, bands = opened.size, len(opened.getbands())
        orientation = opened.getexif().get(_ORIENTATION, 1)
        profile = opened.info.get("icc_profile")
    if (size_px[::-1] if orientation in _SIDEWAYS else size_px) != upright_px:
        return None
    pixels = avif_pixels(path.read_bytes(), size_px, bands, box_px, most_bits=16 if is_hdr else 8)
    if pixels is None and is_hdr:
        return None
    width_px, height_px, kind, content = pixels or (*size_px, "uchar", _by_pillow(path))
    image = pyvips.Image.new_from_memory(content, width_px, height_px, bands, kind)
    image = image.copy(interpretation=_INTERPRETATIONS[kind] if bands >= 3 else "b-w")
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image


def _by_pillow(path: Path) -> bytearray:
    """A few rows at a time: at once they would be in memory twice."""
    pixels = bytearray()
    with Image.open(path, formats=("AVIF",)) as picture:
        for top in range(0, picture.height, _ROWS):
            pixels += picture.crop((0, top, picture.width, min(top + _ROWS, picture.height))).tobytes()
    return pixels
