"""TIFF files in 8-bit CIELab, which libvips does not read: Pillow does."""

from itertools import islice
from pathlib import Path

import pyvips
from PIL import Image

from gallery.errors import CorruptFile
from gallery.media.ifd import Ifd, first_int, read_ifds
from gallery.media.loaders import DAMAGED, failure_named

_BITS, _PHOTOMETRIC, _ORIENTATION, _CIELAB = 0x0102, 0x0106, 0x0112, 8

Image.MAX_IMAGE_PIXELS = None  # the gallery's own limit was applied to the header


def is_lab(path: Path, number: int) -> bool:
    """Whether the TIFF directory of this number, counted from 0, is of that kind."""
    ifd = _directory(path, number)
    return first_int(ifd, _PHOTOMETRIC) == _CIELAB and first_int(ifd, _BITS) == 8


def lab_shape(path: Path, number: int) -> tuple[int, int, int]:
    """(width, height, orientation) as the pixels lie; nothing is decoded. Raises `CorruptFile`."""
    with _opened(path, number) as image:
        return *image.size, first_int(_directory(path, number), _ORIENTATION) or 1


def decode_lab(path: Path, number: int) -> pyvips.Image:
    """In memory, as CIELab, with the orientation. Raises `CorruptFile`."""
    width_px, height_px, orientation = lab_shape(path, number)
    with _opened(path, number) as image:
        try:
            pixels = image.tobytes()
        except (OSError, ValueError, SyntaxError) as error:
            raise failure_named(error, DAMAGED) from error
    stored = pyvips.Image.new_from_memory(pixels, width_px, height_px, 3, "uchar")
    signed = stored.extract_band(1, n=2).copy(format="char")  # a and b (TIFF 6.0, section 23)
    lab = (stored[0] * (100 / 255)).bandjoin(signed).cast("float").copy(interpretation="lab")
    lab.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return lab


def _opened(path: Path, number: int) -> Image.Image:
    try:
        image = Image.open(path, formats=["TIFF"])
        image.seek(number)
    except (OSError, EOFError, ValueError, SyntaxError, KeyError) as error:
        raise CorruptFile(DAMAGED) from error
    if image.mode != "LAB":
        image.close()
        raise CorruptFile(DAMAGED)
    return image


def _directory(path: Path, number: int) -> Ifd:
    with path.open("rb") as file:
        return next(islice(read_ifds(file), number, None), {})
