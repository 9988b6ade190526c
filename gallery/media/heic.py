"""HEIC pixels, which libvips as packed for Python does not decode, and what HEIC and AVIF say of colours."""

from pathlib import Path

import pillow_heif
import pyvips

from gallery.media.hdr import UNSAID, Coding, marked
from gallery.media.icc import profile_coding
from gallery.media.loaders import DAMAGED, failure_named

_DISPLAY_P3 = 12
"""Colour primaries by their number in ITU-T H.273, table 2."""


def decode_heic(path: Path) -> pyvips.Image:
    """The primary picture in memory, 8 bit, with its colour profile; Display P3 without one becomes sRGB; PQ
    and HLG are marked, with all their bits.

    libheif has turned it as the container asks, and no orientation comes along: the EXIF one repeats it.
    Raises `CorruptFile`.
    """
    try:
        heic = _primary(path)
        coding = _coding(heic)
        if coding.is_hdr:
            return marked(_pixels(_primary(path, to_8_bit=False)), coding)
        image = _pixels(heic)
    except (RuntimeError, ValueError, SyntaxError, EOFError, OSError) as error:
        raise failure_named(error, DAMAGED) from error
    profile = heic.info.get("icc_profile")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
        return image
    return from_display_p3(image, coding)


def coding_of(path: Path) -> Coding:
    """Of the primary picture of an HEIC or AVIF file; `UNSAID` where it cannot be read."""
    try:
        return _coding(_primary(path))
    except (RuntimeError, ValueError, SyntaxError, EOFError, OSError):
        return UNSAID


def from_display_p3(image: pyvips.Image, coding: Coding) -> pyvips.Image:
    """The same in sRGB where the file says that its numbers are Display P3."""
    if image.bands < 3 or coding.primaries != _DISPLAY_P3:
        return image
    return image.icc_transform("srgb", input_profile="p3", intent="relative", depth=8)


def _primary(path: Path, *, to_8_bit: bool = True) -> pillow_heif.HeifImage:
    with path.open("rb") as file:
        opened = pillow_heif.open_heif(file, convert_hdr_to_8bit=to_8_bit)
        return opened[opened.primary_index]


def _pixels(heic: pillow_heif.HeifImage) -> pyvips.Image:
    """Decoded into memory; 16 bit where there are more than 8."""
    width_px, height_px = heic.size
    bands = len(heic.mode.partition(";")[0])
    kind, sample_bytes = ("ushort", 2) if heic.mode.endswith(";16") else ("uchar", 1)
    pixels, stride = heic.data, heic.stride // sample_bytes
    rows = pyvips.Image.new_from_memory(pixels, stride, len(pixels) // heic.stride, 1, kind)
    image = rows.crop(0, 0, width_px * bands, height_px).bandfold(factor=bands)
    return image.copy(interpretation="srgb" if bands >= 3 else "b-w")


def _coding(heic: pillow_heif.HeifImage) -> Coding:
    """HDR as the container or the colour profile has it, else what the container says."""
    profile, said = heic.info.get("icc_profile"), heic.info.get("nclx_profile")
    by_profile = profile_coding(profile) if isinstance(profile, bytes) else UNSAID
    if by_profile.is_hdr or not isinstance(said, dict):
        return by_profile
    return Coding(said.get("color_primaries", 2), said.get("transfer_characteristics", 2))
