"""The picture that a delivery URL asks for: found among the renditions, or made and kept."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyvips

from gallery.media.child import in_child
from gallery.media.confinement import Limits
from gallery.media.format import Format
from gallery.media.geometry import Plan, plan
from gallery.media.loaders import damage_named
from gallery.media.picture import open_fitted, open_upright
from gallery.media.rendition import put
from gallery.media.transformation import BadChain, Transformation, parse

VIEWED_PX = 1920
MAX_RESULT_PIXELS = 50_000_000
_READY = {
    parse("c_fit,w_300").steps: "300.jpg",
    parse("c_fit,h_1920,w_1920/c_fill,h_200,w_200").steps: "200.jpg",
    parse("c_fit,h_1920,w_1920/c_fill,h_100,w_100").steps: "100.jpg",
    parse("c_fill,h_200,w_200").steps: "200.jpg",
    parse("c_fill,h_100,w_100").steps: "100.jpg",
    parse("c_fit,h_1920,w_1920").steps: "1920.jpg",
}
"""Chains whose result is a rendition made at processing, where that was not limited by a small original."""


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


def output_format(transformation: Transformation, extension: str, accept: str) -> str:
    """`jpg`, `png`, `webp` or `avif`: as the chain says, else as the extension says.

    `f_auto` is WebP for those whose Accept header names it, JPEG for all others. Raises BadChain.
    """
    wanted = transformation.format or extension
    if wanted == "auto":
        return "webp" if "image/webp" in accept else "jpg"
    if wanted == "jpeg":
        return "jpg"
    if wanted not in _ENCODERS:
        raise BadChain(f"no picture is made as .{wanted[:20]}")
    return wanted


def render(source: Source, transformation: Transformation, output: str, limits: Limits) -> Path:
    """The file with the picture. Raises BadChain, or CorruptFile, TooLarge or Busy as `in_child` does."""
    wanted = plan(source.width_px, source.height_px, transformation.steps)
    if wanted.width_px * wanted.height_px > MAX_RESULT_PIXELS:
        raise BadChain(f"the result would have more than {MAX_RESULT_PIXELS:,} pixels")
    path = source.folder / _name(source, wanted, transformation, output)
    if not path.exists():
        source.folder.mkdir(parents=True, exist_ok=True)
        put(path, in_child(limits, _made, source, wanted, output, transformation.quality))
    return path


def _name(source: Source, wanted: Plan, transformation: Transformation, output: str) -> str:
    ready = _READY.get(transformation.steps)
    if ready and output == "jpg" and transformation.quality is None and _is_full_size(source, ready):
        return ready
    text = f"{wanted} {output} {transformation.quality}"
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.{output}"


def _is_full_size(source: Source, ready: str) -> bool:
    """Whether the rendition is as large as the chain wants: squares are, the others never enlarged."""
    sides = {"1920.jpg": max(source.width_px, source.height_px), "300.jpg": source.width_px}
    needed = {"1920.jpg": VIEWED_PX, "300.jpg": 300}
    present = (source.folder / ready).exists()
    return present and (ready not in sides or sides[ready] >= needed[ready])


def _made(source: Source, wanted: Plan, output: str, quality: int | None) -> bytes:
    return _encode(_picture(source, wanted), output, quality)


def _picture(source: Source, wanted: Plan) -> pyvips.Image:
    base = _base(source, wanted)
    across, down = base.width / source.width_px, base.height / source.height_px
    window = wanted.original_window()
    left, top = round(window.x * across), round(window.y * down)
    left, top = min(left, base.width - 1), min(top, base.height - 1)
    width = max(1, min(round(window.width * across), base.width - left))
    height = max(1, min(round(window.height * down), base.height - top))
    picture = base.crop(left, top, width, height)
    sideways = wanted.angle % 180 != 0
    to_width, to_height = (
        (wanted.height_px, wanted.width_px) if sideways else (wanted.width_px, wanted.height_px)
    )
    if (to_width, to_height) != (width, height):
        picture = picture.thumbnail_image(to_width, height=to_height, size="force", no_rotate=True)
    return picture.rot(f"d{wanted.angle}") if wanted.angle else picture


def _base(source: Source, wanted: Plan) -> pyvips.Image:
    """The smallest picture at hand that has every pixel the result needs."""
    viewed = source.folder / f"{VIEWED_PX}.jpg"
    viewed_scale = min(1.0, VIEWED_PX / max(source.width_px, source.height_px))
    if wanted.scale <= viewed_scale and viewed.exists():
        return pyvips.Image.new_from_file(str(viewed), access="random")
    if wanted.scale < 1:
        box_px = round(max(source.width_px, source.height_px) * wanted.scale)
        return open_fitted(source.path, source.format, source.page, box_px)
    return open_upright(source.path, source.format, source.page)


def _encode(picture: pyvips.Image, output: str, quality: int | None) -> bytes:
    with damage_named():
        return _ENCODERS[output](picture, quality)


def _jpg(picture: pyvips.Image, quality: int | None) -> bytes:
    content: bytes = picture.jpegsave_buffer(Q=quality or 82, keep="none", optimize_coding=True)
    return content


def _png(picture: pyvips.Image, _quality: int | None) -> bytes:
    content: bytes = picture.pngsave_buffer(keep="none")
    return content


def _webp(picture: pyvips.Image, quality: int | None) -> bytes:
    content: bytes = picture.webpsave_buffer(Q=quality or 78, effort=2, keep="none")
    return content


def _avif(picture: pyvips.Image, quality: int | None) -> bytes:
    content: bytes = picture.heifsave_buffer(
        Q=quality or 55, compression="av1", effort=2, bitdepth=8, keep="none"
    )
    return content


_ENCODERS: dict[str, Callable[[pyvips.Image, int | None], bytes]] = {
    "jpg": _jpg,
    "png": _png,
    "webp": _webp,
    "avif": _avif,
}
