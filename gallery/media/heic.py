"""HEIC pixels, which libvips as packed for Python does not decode, and what HEIC and AVIF say of colours."""

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
        return image
    return _to_srgb(image, heic)


def from_display_p3(image: pyvips.Image, path: Path) -> pyvips.Image:
    """The same in sRGB where the HEIC or AVIF file says that its numbers are Display P3."""
    try:
        opened = pillow_heif.open_heif(path)
    except (RuntimeError, ValueError, SyntaxError, EOFError, OSError):
        return image
    return _to_srgb(image, opened[opened.primary_index])


def _to_srgb(image: pyvips.Image, heic: pillow_heif.HeifImage) -> pyvips.Image:
    if image.bands < 3 or _primaries(heic) != _DISPLAY_P3:
        return image
    return image.icc_transform("srgb", input_profile="p3", intent="relative", depth=8)


def _primaries(heic: pillow_heif.HeifImage) -> int | None:
    profile = heic.info.get("nclx_profile")
    return profile.get("color_primaries") if isinstance(profile, dict) else None
