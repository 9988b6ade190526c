"""The smaller pictures made from every original: one of 1920 pixels for viewing, those for grids from it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyvips

from gallery.media.child import in_child
from gallery.media.colour import dominant_colour
from gallery.media.confinement import Limits
from gallery.media.format import Format
from gallery.media.header import page_size
from gallery.media.picture import open_fitted
from gallery.media.rendition_cache import Rendition, fetch, is_proved, path_of, put

VIEWED_PX = 1920
SIZES_PX = (VIEWED_PX, 300, 200, 100)

_ANY_HEIGHT_PX = 10_000_000
_VIEWED_QUALITY, _GRID_QUALITY = 85, 80


@dataclass(frozen=True, slots=True)
class RenditionSet:
    width_px: int
    """Of the original, upright, as `height_px`."""
    height_px: int
    colour: str
    """`#RRGGBB`, upper case."""


def write_renditions(source: Path, format: Format, page: int, folder: Path, limits: Limits) -> RenditionSet:
    """Write `1920.jpg` (within 1920 × 1920), `300.jpg` (300 wide), and the squares `200.jpg` and `100.jpg`.

    Neither 1920 nor 300 is ever enlarged; the squares are filled, by enlarging where need be. None carries
    any metadata. Decoded in a child; raises as `in_child` does, with nothing written. A crash may leave
    some of the files, each whole, and hidden `.part` files beside them.
    """
    made, jpegs = in_child(limits, make_renditions, source, format, page)
    for size_px, jpeg in jpegs.items():
        put(folder, f"{size_px}.jpg", jpeg)
    return made


def make_renditions(source: Path, format: Format, page: int) -> tuple[RenditionSet, dict[int, bytes]]:
    """What is known then, and each JPEG by its size in pixels. Raises `CorruptFile`."""
    size = page_size(source, format, page)
    viewed = _encode_viewed(open_fitted(source, format, page, VIEWED_PX))
    base = _open_for_grid(viewed)
    small = {size_px: recipe(base) for size_px, recipe in _RECIPES.items()}
    jpegs = {VIEWED_PX: viewed} | {size_px: _encode_grid(picture) for size_px, picture in small.items()}
    return RenditionSet(size.width_px, size.height_px, dominant_colour(small[100])), jpegs


def make_viewed(source: Path, format: Format, page: int) -> bytes:
    """The largest of the set, as a JPEG. Raises `CorruptFile`."""
    return _encode_viewed(open_fitted(source, format, page, VIEWED_PX))


def fetch_rendition(
    source: Path, format: Format, page: int, folder: Path, size_px: int, limits: Limits
) -> Rendition:
    """One of the set; where it is missing it is made again, to the same bytes. Raises as `in_child` does."""
    if size_px == VIEWED_PX:
        return fetch(folder, f"{VIEWED_PX}.jpg", lambda: in_child(limits, make_viewed, source, format, page))

    def made() -> bytes:
        viewed = fetch_rendition(source, format, page, folder, VIEWED_PX, limits).content
        return _encode_grid(_RECIPES[size_px](_open_for_grid(viewed)))

    return fetch(folder, f"{size_px}.jpg", made)


def open_shrunk(viewed: bytes, scale: float) -> pyvips.Image:
    """A stored 1920 for a result of that scale: decoded at a half, a quarter or an eighth, while this leaves
    twice the result's pixels each way, so that the last step is a full Lanczos."""
    shrink = max(by for by in (1, 2, 4, 8) if by == 1 or by * 2 * scale <= 1)
    return pyvips.Image.jpegload_buffer(viewed, shrink=shrink, access="sequential").copy_memory()


def is_whole(folder: Path, size_px: int, *, deep: bool) -> bool:
    """Whether one of the set has its beginning and its end, and, where it is read, its checksum.

    Raises FileNotFoundError.
    """
    path = path_of(folder, f"{size_px}.jpg")
    if deep:
        return is_proved(path)
    with path.open("rb") as file:
        ends = file.read(2)
        file.seek(max(0, path.stat().st_size - 2))
        return ends + file.read(2) == b"\xff\xd8\xff\xd9"


def _open_for_grid(viewed: bytes) -> pyvips.Image:
    """One decoding, at the scale that the largest of the smaller ones needs, for all of them: more than half
    of what they cost is to decode. From the file and not from the pixels that it was made of, so that one
    that is missing later is made again to the same bytes without the original."""
    header = pyvips.Image.jpegload_buffer(viewed)
    return open_shrunk(viewed, max(300 / header.width, 200 / min(header.width, header.height)))


def _square(base: pyvips.Image, side_px: int) -> pyvips.Image:
    return base.thumbnail_image(side_px, height=side_px, crop="centre", no_rotate=True).copy_memory()


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


_RECIPES: dict[int, Callable[[pyvips.Image], pyvips.Image]] = {
    300: lambda base: base.thumbnail_image(
        300, height=_ANY_HEIGHT_PX, size="down", no_rotate=True
    ).copy_memory(),
    200: lambda base: _square(base, 200),
    100: lambda base: _square(base, 100),
}
"""The smaller ones, each from the largest as `_open_for_grid` gives it."""
