"""Which directories of a TIFF file are pages, and which only reduced copies or masks."""

from itertools import islice
from pathlib import Path

from gallery.errors import CorruptFile, UnsupportedFile
from gallery.media.ifd import Ifd, first_int, read_ifds
from gallery.media.refusal import is_camera_raw

_SUBFILE_TYPE, _OLD_SUBFILE_TYPE, _IMAGE_WIDTH = 0x00FE, 0x00FF, 0x0100
_REDUCED, _MASK = 1, 4
_OLD_REDUCED = 2


def real_pages(path: Path, limit: int) -> list[int]:
    """The numbers (from 0, as libtiff counts) of the real pages among the first `limit` directories.

    A file of nothing but reduced copies has one page, its first. Raises `CorruptFile` where there is no
    directory, `UnsupportedFile` for a camera raw.
    """
    pages: list[int] = []
    number = -1
    with path.open("rb") as file:
        for number, ifd in enumerate(islice(read_ifds(file), limit)):
            if number == 0 and is_camera_raw(ifd):
                raise UnsupportedFile("This is a camera raw file; export it as JPEG or TIFF first.")
            if _is_page(ifd):
                pages.append(number)
    if number < 0:
        raise CorruptFile("This TIFF file has no page that can be read.")
    return pages or [0]


def _is_page(ifd: Ifd) -> bool:
    kind, old_kind = first_int(ifd, _SUBFILE_TYPE) or 0, first_int(ifd, _OLD_SUBFILE_TYPE)
    return _IMAGE_WIDTH in ifd and not kind & (_REDUCED | _MASK) and old_kind != _OLD_REDUCED
