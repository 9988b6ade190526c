"""The smaller pictures made from every original: one of 1920 pixels for viewing, those for grids from it."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyvips

from gallery.media.colour import dominant_colour
from gallery.media.format import Format
from gallery.media.header import page_size
from gallery.media.picture import open_fitted

SIZES_PX = (1920, 300, 200, 100)

_ANY_HEIGHT_PX = 10_000_000
_VIEWED_QUALITY, _GRID_QUALITY = 85, 80


@dataclass(frozen=True, slots=True)
class RenditionSet:
    width_px: int
    """Of the original, upright, as `height_px`."""
    height_px: int
    colour: str
    """`#RRGGBB`, upper case."""


def write_renditions(source: Path, format: Format, page: int, folder: Path) -> RenditionSet:
    """Write `1920.jpg` (within 1920 × 1920), `300.jpg` (300 wide), and the squares `200.jpg` and `100.jpg`.

    Neither 1920 nor 300 is ever enlarged; the squares are filled, by enlarging where need be. None carries
    any metadata. Raises `CorruptFile` with nothing written; a crash may leave some of the files, each whole,
    and hidden `.part` files beside them.
    """
    size = page_size(source, format, page)
    largest = open_fitted(source, format, page, SIZES_PX[0])
    viewed = _encode_viewed(largest)
    smallest = _square(viewed, 100)
    pictures = {
        1920: viewed,
        300: _encode_grid(pyvips.Image.thumbnail_buffer(viewed, 300, height=_ANY_HEIGHT_PX, size="down")),
        200: _encode_grid(_square(viewed, 200)),
        100: _encode_grid(smallest),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for size_px, jpeg in pictures.items():
        put(folder / f"{size_px}.jpg", jpeg)
    return RenditionSet(size.width_px, size.height_px, dominant_colour(smallest))


def is_whole(path: Path, *, decode: bool) -> bool:
    """Whether the JPEG has its beginning and its end, and, where it is to be decoded, all between.

    Raises FileNotFoundError.
    """
    with path.open("rb") as file:
        ends = file.read(2)
        file.seek(max(0, path.stat().st_size - 2))
        ends += file.read(2)
    if ends != b"\xff\xd8\xff\xd9":
        return False
    try:
        if decode:
            pyvips.Image.new_from_file(str(path), access="sequential", fail_on="warning").avg()
    except pyvips.Error:
        return False
    return True


def _square(viewed: bytes, side_px: int) -> pyvips.Image:
    return pyvips.Image.thumbnail_buffer(viewed, side_px, height=side_px, crop="centre").copy_memory()


def _encode_viewed(picture: pyvips.Image) -> bytes:
    """Halved chroma: at this size nobody sees it, and it saves a fifth of the bytes. Not progressive, for
    that doubles the time to decode, which every smaller picture pays again."""
    jpeg: bytes = picture.jpegsave_buffer(Q=_VIEWED_QUALITY, keep="none", subsample_mode="on")
    return jpeg


def _encode_grid(picture: pyvips.Image) -> bytes:
    """Whole chroma: in a small picture a red sign is a few pixels wide, and the bytes are few."""
    jpeg: bytes = picture.jpegsave_buffer(
        Q=_GRID_QUALITY, keep="none", subsample_mode="off", optimize_coding=True
    )
    return jpeg


def put(path: Path, content: bytes) -> None:
    """Write beside, then move into place: under the final name is the whole file or none."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
