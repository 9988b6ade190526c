"""The floor and the peer of the rendition set, both through Pillow, which carries libjpeg-turbo."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, features

from gallery.media.confinement import Limits
from gallery.media.format import Format
from gallery.media.rendition import VIEWED_PX, write_renditions
from gallery.media.rendition_cache import find

LIMITS = Limits(timeout_s=60, memory_bytes=2 * 1024**3)

SHOWN_PX = (VIEWED_PX, 300, 200, 100)
"""What pages show; the gallery makes one more, from which the small ones come."""
assert features.check("libjpeg_turbo"), "without libjpeg-turbo in Pillow the floor would be no floor"


def gallery_set(original: bytes, folder: Path) -> bytes:
    """Ours: the renditions written as at processing; the largest."""
    source = folder / "original"
    source.write_bytes(original)
    write_renditions(source, Format.JPG, 1, folder / "renditions", LIMITS)
    viewed = find(folder / "renditions", f"{VIEWED_PX}.jpg")
    assert viewed
    return viewed.content


def turbo_floor(original: bytes, _folder: Path) -> bytes:
    """Decode at the smallest DCT scale that still holds the 1920, cut to size, encode: no resampling."""
    picture = Image.open(BytesIO(original))
    picture.draft("RGB", _within(picture.size))
    return _jpeg(picture.crop((0, 0, *_within(picture.size))))


def pillow_default(original: bytes, folder: Path) -> bytes:
    """As its documentation shows it: open, `thumbnail`, save; the grid's pictures from the first."""
    picture = ImageOps.exif_transpose(Image.open(BytesIO(original)))
    picture.thumbnail((VIEWED_PX, VIEWED_PX), Image.Resampling.LANCZOS)
    viewed = _jpeg(picture)
    small = picture.copy()
    small.thumbnail((300, 10_000), Image.Resampling.LANCZOS)
    others = [small, *(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS) for side in (200, 100))]
    for name, content in zip(SHOWN_PX, [viewed, *map(_jpeg, others)], strict=True):
        (folder / f"{name}.jpg").write_bytes(content)
    return viewed


def _within(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, VIEWED_PX / max(size))
    return round(size[0] * scale), round(size[1] * scale)


def _jpeg(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


WAYS: dict[str, Callable[[bytes, Path], bytes]] = {
    "ours": gallery_set,
    "floor": turbo_floor,
    "peer": pillow_default,
}
