"""HEIC pixels, which libvips as packed for Python does not decode."""

from pathlib import Path

import pillow_heif
import pyvips

from gallery.errors import CorruptFile
from gallery.media.loaders import DAMAGED


def decode_heic(path: Path) -> pyvips.Image:
    """The primary picture in memory, 8 bit, with its colour profile.

    libheif has turned it as the container asks, and no orientation comes along: the EXIF one repeats it.
    Raises `CorruptFile`.
    """
    with path.open("rb") as file:
        try:
            opened = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
            heic = opened[opened.primary_index]
            width_px, height_px = heic.size
            bands = len(heic.mode)
            pixels, stride_bytes = bytes(heic.data), heic.stride
        except (RuntimeError, ValueError, SyntaxError, EOFError, OSError) as error:
            raise CorruptFile(DAMAGED) from error
    rows = pyvips.Image.new_from_memory(pixels, stride_bytes, len(pixels) // stride_bytes, 1, "uchar")
    image = rows.crop(0, 0, width_px * bands, height_px).copy_memory()
    interpretation = "srgb" if bands >= 3 else "b-w"
    image = pyvips.Image.new_from_memory(image.write_to_memory(), width_px, height_px, bands, "uchar")
    image = image.copy(interpretation=interpretation)
    profile = heic.info.get("icc_profile")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image
