"""The picture that a delivery URL asks for: found among the renditions, or made and kept."""

import hashlib
import math
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import pyvips

from gallery.errors import BadChain
from gallery.media.child import in_child
from gallery.media.confinement import Limits
from gallery.media.encoding import MIME_TYPES, encode
from gallery.media.format import Format
from gallery.media.geometry import Plan, plan
from gallery.media.picture import open_fitted, open_upright
from gallery.media.rendition import BASE_PX, VIEWED_PX, base_size, fetch_rendition, open_shrunk
from gallery.media.rendition_cache import Rendition, fetch
from gallery.media.transformation import Transformation, parse

MAX_RESULT_PIXELS = 50_000_000
ENOUGH = 2 / 3
"""A result up to this part of the stored 1920 is made from it: resizing then hides that it was a JPEG."""

_READY = {
    parse("c_fit,w_300").steps: 300,
    parse("c_fit,h_1920,w_1920/c_fill,h_200,w_200").steps: 200,
    parse("c_fit,h_1920,w_1920/c_fill,h_100,w_100").steps: 100,
    parse("c_fill,h_200,w_200").steps: 200,
    parse("c_fill,h_100,w_100").steps: 100,
    parse("c_fit,h_1920,w_1920").steps: VIEWED_PX,
}
"""Chains whose result is a rendition made at processing, where that was not limited by a small original."""
_RECIPE = "4"
"""Rises when the same chain gives other pixels than before, so that kept ones are not found any more."""


@dataclass(frozen=True, slots=True)
class Source:
    """An original and where its renditions lie."""

    path: Path
    format: Format
    page: int
    width_px: int
    height_px: int
    folder: Path
    """Of the renditions; need not exist."""

    @property
    def viewed_scale(self) -> float:
        """Pixels of the stored 1920 for one of the original."""
        return min(1.0, VIEWED_PX / max(self.width_px, self.height_px))

    @property
    def base_scale(self) -> float:
        """Pixels of the stored 600 for one of the original."""
        viewed = [max(1, round(side * self.viewed_scale)) for side in (self.width_px, self.height_px)]
        width, height = base_size(*viewed)
        return max(width / self.width_px, height / self.height_px)


def output_format(transformation: Transformation, extension: str, accepted: AbstractSet[str]) -> str:
    """`jpg`, `png`, `webp` or `avif`: as the chain says, else as the extension says. Raises BadChain.

    `f_auto` is AVIF for those who accept that content type by name, else WebP likewise, else JPEG.
    """
    wanted = transformation.format or extension
    if wanted == "auto":
        return next((output for output in ("avif", "webp") if MIME_TYPES[output] in accepted), "jpg")
    if wanted == "jpeg":
        return "jpg"
    if wanted not in MIME_TYPES:
        raise BadChain(f"no picture is made as .{wanted[:20]}")
    return wanted


def render(source: Source, transformation: Transformation, output: str, limits: Limits) -> Rendition:
    """The picture. Raises BadChain, FileNotFoundError, and what `in_child` raises."""
    wanted = plan(source.width_px, source.height_px, transformation.steps)
    if wanted.width_px * wanted.height_px > MAX_RESULT_PIXELS:
        raise BadChain(f"the result would have more than {MAX_RESULT_PIXELS:,} pixels")
    quality, ready_px = transformation.quality, _READY.get(transformation.steps)
    if ready_px and output == "jpg" and quality is None and _is_full_size(source, ready_px):
        return _of_the_set(source, ready_px, limits)
    return fetch(
        source.folder,
        _name(wanted, output, quality),
        lambda: _made(source, wanted, output, quality, limits),
    )


def make_from_original(source: Source, wanted: Plan, output: str, quality: int | None) -> bytes:
    """The encoded picture. Raises CorruptFile."""
    if wanted.scale < 1:
        box_px = math.ceil(max(source.width_px, source.height_px) * wanted.scale)
        base = open_fitted(source.path, source.format, source.page, box_px)
    else:
        base = open_upright(source.path, source.format, source.page)
    return encode(_picture(base, source, wanted), output, quality)


def _made(source: Source, wanted: Plan, output: str, quality: int | None, limits: Limits) -> bytes:
    """From the stored 600 or 1920 where that has every pixel; else from the original, in a child."""
    if wanted.scale > source.viewed_scale * ENOUGH:
        return in_child(limits, make_from_original, source, wanted, output, quality)
    is_small = wanted.scale * 2 <= source.base_scale
    size_px, scale = (BASE_PX, source.base_scale) if is_small else (VIEWED_PX, source.viewed_scale)
    base = open_shrunk(_of_the_set(source, size_px, limits).content, wanted.scale / scale)
    return encode(_picture(base, source, wanted), output, quality)


def _of_the_set(source: Source, size_px: int, limits: Limits) -> Rendition:
    return fetch_rendition(source.path, source.format, source.page, source.folder, size_px, limits)


def _is_full_size(source: Source, ready_px: int) -> bool:
    """Whether it is as large as the chain wants without being enlarged from the stored 1920."""
    sides = (source.width_px * source.viewed_scale, source.height_px * source.viewed_scale)
    has = {VIEWED_PX: max(sides), 300: sides[0]}.get(ready_px, min(sides))
    return round(has) >= ready_px


def _name(wanted: Plan, output: str, quality: int | None) -> str:
    text = f"{_RECIPE} {wanted} {output} {quality}"
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.{output}"


def _picture(base: pyvips.Image, source: Source, wanted: Plan) -> pyvips.Image:
    """The result cut out of `base`, which is the whole upright original at some size."""
    across, down = base.width / source.width_px, base.height / source.height_px
    window = wanted.original_window()
    left, top = round(window.x * across), round(window.y * down)
    left, top = min(left, base.width - 1), min(top, base.height - 1)
    width = max(1, min(round(window.width * across), base.width - left))
    height = max(1, min(round(window.height * down), base.height - top))
    picture = base.crop(left, top, width, height)
    size = (wanted.width_px, wanted.height_px)
    to_width, to_height = size[::-1] if wanted.angle % 180 else size
    if (to_width, to_height) != (width, height):
        picture = picture.thumbnail_image(to_width, height=to_height, size="force", no_rotate=True)
    return picture.rot(f"d{wanted.angle}") if wanted.angle else picture
