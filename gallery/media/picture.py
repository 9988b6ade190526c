"""Pixels of any kept format as one kind of picture: upright, sRGB, 8 bit, three bands, on white."""

from collections.abc import Callable
from pathlib import Path

import pyvips

from gallery.errors import CorruptFile
from gallery.media import hdr, lab, pdf, tiff
from gallery.media.avif import decode_avif
from gallery.media.format import Format
from gallery.media.gif import decode_gif
from gallery.media.header import MAX_PAGES
from gallery.media.heic import decode_heic
from gallery.media.icc import profile_coding
from gallery.media.loaders import FAIL_ON, damage_named, open_lazily, source_of
from gallery.media.png import png_coding

MAX_PROFILE_BYTES = 16 * 1024**2
"""A larger colour profile is not looked at; real ones have at most four."""

_SHRUNK_AS_DECODED = (Format.JPG, Format.PNG, Format.WEBP)
_CODED = ("srgb", "rgb16")
"""Interpretations of numbers that may be PQ or HLG."""
_INTENT = "relative"
_WHITE_8_BIT = [255, 255, 255]
_UNBOUNDED = ("float", "double", "int", "uint")
"""Numbers of no known range, unless the interpretation gives one: measurements, such as heat or height."""
_MEASURED = ("b-w", "multiband", "grey16", "rgb16", "srgb")


def open_upright(path: Path, format: Format, page: int = 1) -> pyvips.Image:
    """The whole picture, decoded into memory; `page` counts from 1. Raises `CorruptFile`."""
    with damage_named():
        return _upright(_to_srgb(_open_page(path, format, page))).copy_memory()


def open_fitted(path: Path, format: Format, page: int, box_px: int) -> pyvips.Image:
    """The picture limited to `box_px` on its longer side, never enlarged, decoded into memory.

    JPEG and WebP are shrunk as they are decoded, to no less than twice the size wanted, so that the last
    step is a full Lanczos. Raises `CorruptFile`.
    """
    with damage_named():
        image = _open_page(path, format, page, box_px)
        if format in _SHRUNK_AS_DECODED and not hdr.is_marked(image):
            return _as_8_bit_rgb(_thumbnail(path, box_px, managed=_has_own_colours(image))).copy_memory()
        image = hdr.shrunk(image, box_px) if hdr.is_marked(image) else image
        return _upright(fit(_to_srgb(image), box_px))


def _upright(image: pyvips.Image) -> pyvips.Image:
    """What is turned is decoded into memory first, for its rows come in another order."""
    orientation = image.get("orientation") if image.get_typeof("orientation") else 1
    return image if orientation == 1 else image.copy_memory().autorot()


def fit(picture: pyvips.Image, box_px: int) -> pyvips.Image:
    """A picture limited to `box_px` on its longer side and never enlarged."""
    return picture.thumbnail_image(box_px, height=box_px, size="down", no_rotate=True).copy_memory()


def _thumbnail(path: Path, box_px: int, *, managed: bool) -> pyvips.Image:
    """Colour is managed only where it must be: without a profile it takes five times as long."""

    options = f"[fail_on={FAIL_ON}]"  # libvips 8.18 drops the `fail_on` argument of thumbnail_source

    def shrunk(**profile: str) -> pyvips.Image:
        return pyvips.Image.thumbnail_source(
            source_of(path), box_px, height=box_px, size="down", option_string=options, **profile
        )

    if not managed:
        return shrunk()
    return _managed(lambda: shrunk(export_profile="srgb", intent=_INTENT).copy_memory(), shrunk)


def _has_own_colours(image: pyvips.Image) -> bool:
    if image.get_typeof("icc-profile-data") and len(image.get("icc-profile-data")) <= MAX_PROFILE_BYTES:
        return True
    return bool(image.interpretation == "cmyk")


def _managed(managed: Callable[[], pyvips.Image], unmanaged: Callable[[], pyvips.Image]) -> pyvips.Image:
    """A broken colour profile must not cost the picture: its numbers then count as sRGB or plain CMYK."""
    try:
        return managed()
    except pyvips.Error as error:
        if "profile" not in str(error):
            raise
        return unmanaged()


def _open_page(path: Path, format: Format, page: int, box_px: int | None = None) -> pyvips.Image:
    """Not evaluated yet, except HEIC, AVIF, GIF and PDF; an AVIF may be limited to the box already."""
    if format is Format.PDF:
        return pdf.render_page(path, page)
    if format is Format.TIFF:
        pages = tiff.real_pages(path, MAX_PAGES)
        _refuse_page(page, len(pages))
        number = pages[page - 1]
        is_lab = lab.is_lab(path, number)
        return lab.decode_lab(path, number) if is_lab else _marked_hdr(open_lazily(path, number), hdr.UNSAID)
    _refuse_page(page, 1)
    if format is Format.GIF:
        return decode_gif(path)
    if format in (Format.HEIC, Format.AVIF):
        return decode_heic(path) if format is Format.HEIC else decode_avif(path, box_px)
    return _marked_hdr(open_lazily(path), png_coding(path) if format is Format.PNG else hdr.UNSAID)


def _marked_hdr(image: pyvips.Image, said: hdr.Coding) -> pyvips.Image:
    """Marked where the file, or else its colour profile, says PQ or HLG."""
    if said == hdr.UNSAID and image.get_typeof("icc-profile-data"):
        said = profile_coding(image.get("icc-profile-data"))
    return hdr.marked(image, said) if said.is_hdr and image.interpretation in _CODED else image


def _refuse_page(page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise CorruptFile(f"This file has no page {page}.")


def _to_srgb(image: pyvips.Image) -> pyvips.Image:
    if hdr.is_marked(image):
        image = hdr.tone_mapped(image)
    elif _has_own_colours(image):
        image = _managed(
            lambda: image.icc_transform("srgb", embedded=True, intent=_INTENT, depth=8), lambda: image
        )
    return _as_8_bit_rgb(image)


def _as_8_bit_rgb(image: pyvips.Image) -> pyvips.Image:
    if image.format in _UNBOUNDED and image.interpretation in _MEASURED:
        image = image.copy_memory().scaleimage()  # from the lowest, black, to the highest, white
    if image.interpretation == "multiband":
        bands = 3 if image.bands >= 3 else 1
        image = image.extract_band(0, n=bands).copy(interpretation="srgb" if bands == 3 else "b-w")
    if image.interpretation != "srgb" or image.bands < 3:
        image = image.colourspace("srgb")
    if image.bands > 4:
        image = image.extract_band(0, n=3)
    if image.hasalpha():
        image = image.flatten(background=_WHITE_8_BIT)
    return image.extract_band(0, n=3).cast("uchar")
