"""Pages of PDF files as pictures."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import pypdfium2
import pypdfium2.raw
import pyvips

from gallery.errors import CorruptFile

DOTS_PER_INCH = 200
MAX_SIDE_PX = 3000

_POINTS_PER_INCH = 72
_pdfium = Lock()  # PDFium may be entered by one thread of a process at a time


def page_sizes(path: Path, limit: int) -> list[tuple[int, int]]:
    """(width, height) in pixels of the first `limit` pages as `render_page` will draw them.

    Raises `CorruptFile`.
    """
    with _open(path) as document:
        sizes = [document.get_page_size(number) for number in range(min(len(document), limit))]
    return [_size_px(*size) for size in sizes]


def page_size(path: Path, page: int) -> tuple[int, int]:
    """Of one page, counted from 1. Raises `CorruptFile`."""
    with _open(path) as document:
        _refuse_page(page, len(document))
        return _size_px(*document.get_page_size(page - 1))


def render_page(path: Path, page: int) -> pyvips.Image:
    """One page, counted from 1, on white: 8-bit sRGB in memory. Raises `CorruptFile`."""
    with _open(path) as document:
        _refuse_page(page, len(document))
        loaded = document[page - 1]
        try:
            return _draw(loaded)
        finally:
            loaded.close()


@contextmanager
def _open(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    path.stat()
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(path)
            try:
                yield document
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise CorruptFile("This PDF is encrypted; save it without a password first.") from error
            raise CorruptFile("This PDF cannot be read; it is damaged or ends too early.") from error


def _refuse_page(page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        raise CorruptFile(f"This PDF has no page {page}.")


def _draw(page: pypdfium2.PdfPage) -> pyvips.Image:
    width_points, height_points = page.get_size()
    width_px, height_px = _size_px(width_points, height_points)
    bitmap = page.render(scale=_scale(width_points, height_points), rev_byteorder=True)
    try:
        row_px = bitmap.stride // bitmap.n_channels
        pixels = pyvips.Image.new_from_memory(
            bytes(bitmap.buffer), row_px, bitmap.height, bitmap.n_channels, "uchar"
        )
        drawn = pixels.crop(0, 0, min(bitmap.width, width_px), min(bitmap.height, height_px))
        return drawn.extract_band(0, n=3).copy(interpretation="srgb").copy_memory()
    finally:
        bitmap.close()


def _scale(width_points: float, height_points: float) -> float:
    return min(DOTS_PER_INCH / _POINTS_PER_INCH, MAX_SIDE_PX / max(width_points, height_points, 1))


def _size_px(width_points: float, height_points: float) -> tuple[int, int]:
    scale = _scale(width_points, height_points)
    return tuple(
        max(1, min(MAX_SIDE_PX, math.ceil(points * scale))) for points in (width_points, height_points)
    )  # type: ignore[return-value]  # two in, two out
