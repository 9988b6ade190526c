"""How each kind of picture is written on demand; none carries any metadata.

The efforts are those where more would cost several times the work for a few percent of the bytes: at 1920
pixels AVIF takes five times as long at effort 2 as at 0, and saves 5 %.
"""

from collections.abc import Callable

import pyvips

from gallery.media.loaders import damage_named

MIME_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}


def encode(picture: pyvips.Image, output: str, quality: int | None) -> bytes:
    """`output` is a key of MIME_TYPES; `quality` 1 to 100, None = ours to choose, and PNG has none.

    Raises CorruptFile where a picture not evaluated yet turns out to be damaged.
    """
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
        Q=quality or 55, compression="av1", effort=0, bitdepth=8, keep="none"
    )
    return content


_ENCODERS: dict[str, Callable[[pyvips.Image, int | None], bytes]] = {
    "jpg": _jpg,
    "png": _png,
    "webp": _webp,
    "avif": _avif,
}
