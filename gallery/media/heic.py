"""HEIC pixels, which libvips as packed for Python does not decode."""

from pathlib import Path

import pillow_heif
import pyvips

from gallery.media.loaders import DAMAGED, failure_named

_DISPLAY_P3 = 12
"""Colour primaries by their number in ITU-T H.273, table 2. HDR transfers (PQ, HLG) are taken as they are."""


def decode_heic(path: Path) -> pyvips.Image:
    """The primary picture in memory, 8 bit, with its colour profile; Display P3 without one becomes sRGB.

    libheif has turned it as the container asks, and no orientation comes along: the EXIF one repeats it.
    Raises `CorruptFile`.
    """
    with path.open("rb") as file:
        try:
            opened = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
            heic = opened[opened.primary_index]
            width_px, height_px = heic.size
            bands = len(heic.mode)
            pixels, stride_bytes = heic.data, heic.stride
        except (RuntimeError, ValueError, SyntaxError, EOFError, OSError) as error:
            raise failure_named(error, DAMAGED) from error
    rows = pyvips.Image.new_from_memory(pixels, stride_bytes, len(pixels) // stride_bytes, 1, "uchar")
    image = rows.crop(0, 0, width_px * bands, height_px).bandfold(factor=bands)
    image = image.copy(interpretation="srgb" if bands >= 3 else "b-w")
    profile = heic.info.get("icc_profile")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    elif bands >= 3 and _primaries(heic) == _DISPLAY_P3:
        return image.icc_transform("srgb", input_profile="p3", intent="relative", depth=8)
    return image


def _primaries(heic: pillow_heif.HeifImage) -> int | None:
    profile = heic.info.get("nclx_profile")
    return profile.get("color_primaries") if isinstance(profile, dict) else None
