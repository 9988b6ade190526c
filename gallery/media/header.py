"""The size of every page of a file as people will see it, known before any pixel is decoded."""

from pathlib import Path
from typing import NamedTuple

import pyvips

from gallery.errors import CorruptFile, TooLarge
from gallery.media import lab, pdf, tiff
from gallery.media.format import Format
from gallery.media.loaders import damage_named, failure_named, open_lazily

MAX_PAGES = 500

_SIDEWAYS = {5, 6, 7, 8}
"""EXIF orientations that swap width and height (Exif 2.32, section 4.6.4, tag 0112)."""


class Size(NamedTuple):
    """Upright: after the orientation that the file asks for."""

    width_px: int
    height_px: int


def read_header(path: Path, format: Format, *, max_pixels: int) -> list[Size]:
    """The size of each page, in order; animations have one page, their first frame.

    A PDF's page has the size that it will be drawn in. Raises `CorruptFile`, `TooLarge`, and
    `UnsupportedFile` for a camera raw that looked like TIFF.
    """
    if format is Format.PDF:
        sizes = [Size(*size) for size in pdf.page_sizes(path, MAX_PAGES + 1)]
    else:
        sizes = [_upright_size(path, format, page) for page in _page_numbers(path, format)]
    if not sizes:
        raise CorruptFile("This file has no pages.")
    _refuse_pages(len(sizes))
    for size in sizes:
        if size.width_px * size.height_px > max_pixels:
            raise TooLarge(
                f"This picture has {size.width_px} × {size.height_px} pixels, "
                f"{size.width_px * size.height_px:,} in all; the most allowed is {max_pixels:,}."
            )
    return sizes


def page_size(path: Path, format: Format, page: int) -> Size:
    """The size of one page, counted from 1, whatever its size. Raises as `read_header` does."""
    if format is Format.PDF:
        return Size(*pdf.page_size(path, page))
    pages = _page_numbers(path, format)
    if not 1 <= page <= len(pages):
        raise CorruptFile(f"This file has no page {page}.")
    return _upright_size(path, format, pages[page - 1])


def count_frames(path: Path, format: Format) -> int:
    """How many frames an animation has, 1 of anything else; of AVIF sequences nobody counts them."""
    if format not in (Format.GIF, Format.WEBP):
        return 1
    with damage_named():
        image = open_lazily(path)
        return int(image.get("n-pages")) if image.get_typeof("n-pages") else 1


def _page_numbers(path: Path, format: Format) -> list[int]:
    if format is not Format.TIFF:
        return [0]
    pages = tiff.real_pages(path, MAX_PAGES + 1)
    _refuse_pages(len(pages))
    return pages


def _refuse_pages(count: int) -> None:
    if count > MAX_PAGES:
        raise TooLarge(f"This file has more than {MAX_PAGES} pages, the most allowed.")


def _upright_size(path: Path, format: Format, page: int) -> Size:
    is_lab = format is Format.TIFF and lab.is_lab(path, page)
    width_px, height_px, orientation = lab.lab_shape(path, page) if is_lab else _shape(path, page)
    return Size(height_px, width_px) if orientation in _SIDEWAYS else Size(width_px, height_px)


def _shape(path: Path, page: int) -> tuple[int, int, int]:
    """(width, height, orientation) of the pixels in the file.

    HEIC and AVIF arrive turned by libheif, without an orientation, so that none is applied twice.
    """
    try:
        image = open_lazily(path, page)
    except pyvips.Error as error:
        raise failure_named(error, "The picture's header cannot be read; the file is damaged.") from error
    orientation = image.get("orientation") if image.get_typeof("orientation") else 1
    return image.width, image.height, orientation
