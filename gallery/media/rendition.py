"""The smaller pictures made from every original: one for viewing, those of grids, and one they come from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyvips

from gallery.media.child import in_child
from gallery.media.colour import dominant_colour
from gallery.media.confinement import Limits
from gallery.media.fingerprint import fingerprint_of
from gallery.media.format import Format
from gallery.media.header import page_size
from gallery.media.picture import open_fitted
from gallery.media.rendition_cache import Rendition, fetch, forget_all_but, is_proved, path_of, put

VIEWED_PX, BASE_PX = 1920, 600
SIZES_PX = (VIEWED_PX, BASE_PX, 300, 200, 100)

_ANY_HEIGHT_PX = 10_000_000
_GRID_PX, _SQUARE_PX = 300, 200
_VIEWED_QUALITY, _BASE_QUALITY, _GRID_QUALITY = 85, 90, 80


@dataclass(frozen=True, slots=True)
class RenditionSet:
    width_px: int
    """Of the original, upright, as `height_px`."""
    height_px: int
    colour: str
    """`#RRGGBB`, upper case."""
    fingerprint: int | None = None
    """As of `fingerprint_of`."""


def write_renditions(source: Path, format: Format, page: int, folder: Path, limits: Limits) -> RenditionSet:
    """Write `1920.jpg` (within 1920 × 1920), `600.jpg` (of `base_size`), `300.jpg` (300 wide), and
    the squares `200.jpg` and `100.jpg`.

    Only the squares are ever enlarged, to be filled. None carries any metadata. Decoded in a child; raises as
    `in_child` does, with nothing written. A crash may leave some of the files, each whole, and hidden `.part`
    files beside them.
    """
    made, jpegs = in_child(limits, make_renditions, source, format, page)
    names = {f"{size_px}.jpg": jpeg for size_px, jpeg in jpegs.items()}
    others = [name for name, jpeg in names.items() if put(folder, name, jpeg)]
    if others:
        forget_all_but(folder, names)  # they were made of other pixels
    return made


def make_renditions(source: Path, format: Format, page: int) -> tuple[RenditionSet, dict[int, bytes]]:
    """What is known then, and each JPEG by its size in pixels. Raises `CorruptFile`."""
    size = page_size(source, format, page)
    viewed = open_fitted(source, format, page, VIEWED_PX)
    jpegs = {size_px: encode(viewed) for size_px, encode in _FROM_ORIGINAL.items()}
    base = open_shrunk(jpegs[BASE_PX], 1)
    small = {size_px: recipe(base) for size_px, recipe in _FROM_BASE.items()}
    jpegs |= {size_px: _encode_grid(picture) for size_px, picture in small.items()}
    colour, fingerprint = dominant_colour(small[100]), fingerprint_of(base)
    return RenditionSet(size.width_px, size.height_px, colour, fingerprint), jpegs


def make_from_pixels(source: Path, format: Format, page: int, size_px: int) -> bytes:
    """One of the two largest, as a JPEG. Raises `CorruptFile`."""
    return _FROM_ORIGINAL[size_px](open_fitted(source, format, page, VIEWED_PX))


def fetch_rendition(
    source: Path, format: Format, page: int, folder: Path, size_px: int, limits: Limits
) -> Rendition:
    """One of the set; where it is missing it is made again, to the same bytes. Raises as `in_child` does."""

    def made() -> bytes:
        if size_px in _FROM_ORIGINAL:
            return in_child(limits, make_from_pixels, source, format, page, size_px)
        base = fetch_rendition(source, format, page, folder, BASE_PX, limits).content
        return _encode_grid(_FROM_BASE[size_px](open_shrunk(base, 1)))

    return fetch(folder, f"{size_px}.jpg", made)


def base_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Of the stored 600 of a 1920 of that size: in the proportions of the rounded 300, so that this comes
    out of it; at least twice as large each way as the pictures of grids; never enlarged."""
    grid_height = max(1, round(_GRID_PX * height_px / width_px))
    factor = max(2.0, 2 * _SQUARE_PX / min(_GRID_PX, grid_height))
    width, height = round(_GRID_PX * factor), round(grid_height * factor)
    return (width, height) if width <= width_px and height <= height_px else (width_px, height_px)


def open_shrunk(jpeg: bytes, scale: float) -> pyvips.Image:
    """A stored rendition for a result of that scale: decoded at a half, a quarter or an eighth, while this
    leaves twice the result's pixels each way, so that the last step is a full Lanczos."""
    shrink = max(by for by in (1, 2, 4, 8) if by == 1 or by * 2 * scale <= 1)
    return pyvips.Image.jpegload_buffer(jpeg, shrink=shrink, access="sequential").copy_memory()


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


def _square(base: pyvips.Image, side_px: int) -> pyvips.Image:
    side = min(base.width, base.height)
    middle = base.crop((base.width - side) // 2, (base.height - side) // 2, side, side)
    return middle.thumbnail_image(side_px, height=side_px, no_rotate=True).copy_memory()


def _encode_viewed(picture: pyvips.Image) -> bytes:
    """Halved chroma: at this size nobody sees it, and it saves a fifth of the bytes. Not progressive, for
    that doubles the time to decode, which every smaller picture pays again."""
    jpeg: bytes = picture.jpegsave_buffer(Q=_VIEWED_QUALITY, keep="none", subsample_mode="on")
    return jpeg


def _encode_base(viewed: pyvips.Image) -> bytes:
    """From the pixels and not from the JPEG of the 1920, so that it is compressed but once. Chroma halved:
    what is made of it is half as large, and has it whole."""
    width, height = base_size(viewed.width, viewed.height)
    picture = viewed.resize(width / viewed.width, vscale=height / viewed.height)
    jpeg: bytes = picture.jpegsave_buffer(Q=_BASE_QUALITY, keep="none", subsample_mode="on")
    return jpeg


def _encode_grid(picture: pyvips.Image) -> bytes:
    """Whole chroma: in a small picture a red sign is a few pixels wide, and the bytes are few."""
    jpeg: bytes = picture.jpegsave_buffer(
        Q=_GRID_QUALITY, keep="none", subsample_mode="off", optimize_coding=True
    )
    return jpeg


_FROM_ORIGINAL: dict[int, Callable[[pyvips.Image], bytes]] = {
    VIEWED_PX: _encode_viewed,
    BASE_PX: _encode_base,
}
"""Each from the original as `open_fitted` gives it for the largest."""

_FROM_BASE: dict[int, Callable[[pyvips.Image], pyvips.Image]] = {
    300: lambda base: base.thumbnail_image(
        300, height=_ANY_HEIGHT_PX, size="down", no_rotate=True
    ).copy_memory(),
    200: lambda base: _square(base, 200),
    100: lambda base: _square(base, 100),
}
"""Each from the stored 600 and not from the pixels that it was made of, so that one that is missing later is
made again to the same bytes without the original."""
