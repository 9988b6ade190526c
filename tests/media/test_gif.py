"""A GIF read by Pillow is what libvips reads, to the byte."""

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from gallery.media.format import Format
from gallery.media.loaders import open_lazily
from gallery.media.picture import open_upright


def noise(colours: int) -> Image.Image:
    picture = Image.frombytes("P", (61, 43), bytes(random.Random(1).choices(range(colours), k=61 * 43)))
    picture.putpalette(random.Random(2).randbytes(3 * colours))
    return picture


def saved(picture: Image.Image, **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "GIF", **options)
    return buffer.getvalue()


def placed_aside() -> bytes:
    """A frame that does not fill the picture."""
    content = saved(noise(256))
    return content[:6] + (70).to_bytes(2, "little") + content[8:]


KINDS: dict[str, Callable[[], bytes]] = {
    "of all colours": lambda: saved(noise(256)),
    "of five colours": lambda: saved(noise(5)),
    "grey": lambda: saved(noise(256).convert("L")),
    "in an order of its own": lambda: saved(noise(64), interlace=True),
    "clear": lambda: saved(noise(7), transparency=3),
    "grey and clear": lambda: saved(noise(200).convert("L"), transparency=90),
    "moving": lambda: saved(noise(9), save_all=True, append_images=[noise(40)]),
    "placed aside": placed_aside,
}


@pytest.mark.parametrize("kind", KINDS)
def test_pixels_are_those_that_libvips_gives(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(KINDS[kind]())
    plain = open_lazily(path)
    expected = plain.flatten(background=[255]) if plain.hasalpha() else plain
    expected = expected.colourspace("srgb")
    assert open_upright(path, Format.GIF).write_to_memory() == expected.write_to_memory()
