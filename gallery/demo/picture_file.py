"""Writes a developed picture in the format that its name asks for."""

from collections.abc import Callable
from pathlib import Path
from struct import unpack_from

import pillow_heif
import pyvips
from PIL import Image

_SOI, _DHT, _SOS = 0xD8, 0xC4, 0xDA


def write_picture(picture: pyvips.Image, path: Path, exif: Image.Exif | None, *, suffix: str) -> None:
    """Into `path`, as the format of `suffix`, which may differ while the file is unfinished."""
    if suffix == ".jpg":
        path.write_bytes(jpeg(picture, exif))
        return
    image = Image.fromarray(picture.numpy())
    block = exif.tobytes() if exif else b""
    if suffix == ".heic":
        pillow_heif.from_pillow(image).save(path, quality=80, exif=block, enc_params={"preset": "ultrafast"})
    elif suffix == ".gif":
        image.quantize(192).save(path, "GIF")
    else:
        options: dict[str, dict[str, object]] = {
            ".png": {"compress_level": 3},
            ".webp": {"quality": 88, "method": 2},
            ".tif": {},
            ".avif": {"quality": 80, "speed": 10},
        }
        kind = "TIFF" if suffix == ".tif" else suffix[1:].upper()
        image.save(path, kind, exif=block, **options[suffix])


def jpeg(picture: pyvips.Image, exif: Image.Exif | None) -> bytes:
    body: bytes = picture.jpegsave_buffer(Q=88, keep="none")
    if exif is None:
        return body
    block = exif.tobytes()
    return body[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + body[2:]


def damaged(data: bytes) -> bytes:
    """The same JPEG with a right header, an impossible Huffman table, and half of its data gone.

    A table of which every code is one bit long keeps its length, so that readers of the header notice nothing
    (ITU-T T.81, B.2.4.2 and C.2).
    """
    broken, at = bytearray(data), 2
    while broken[at + 1] != _SOS:
        (size,) = unpack_from(">H", broken, at + 2)
        if broken[at + 1] == _DHT:
            count = sum(broken[at + 5 : at + 21])
            broken[at + 5 : at + 21] = bytes([count]) + bytes(15)
        at += 2 + size
    return bytes(broken[: at + (len(broken) - at) // 2])


_STORED: dict[int, Callable[[pyvips.Image], pyvips.Image]] = {
    1: lambda upright: upright,
    2: lambda upright: upright.fliphor(),
    3: lambda upright: upright.rot180(),
    4: lambda upright: upright.flipver(),
    5: lambda upright: upright.rot90().fliphor(),
    6: lambda upright: upright.rot270(),
    7: lambda upright: upright.rot270().fliphor(),
    8: lambda upright: upright.rot90(),
}


def stored(upright: pyvips.Image, orientation: int) -> pyvips.Image:
    """How the pixels of an upright picture lie in a file of this EXIF orientation."""
    return _STORED[orientation](upright)
