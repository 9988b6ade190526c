"""AVIF read without Pillow's copies is what Pillow reads, to the byte."""

from io import BytesIO

import pytest
from PIL import Image

from gallery.media.libavif import avif_pixels


def drawn(mode: str, subsampling: str, size: tuple[int, int]) -> bytes:
    picture = Image.effect_noise(size, 90).convert("RGB")
    picture.putalpha(Image.linear_gradient("L").resize(size))
    buffer = BytesIO()
    picture.convert(mode).save(buffer, "AVIF", subsampling=subsampling, quality=70)
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("subsampling", ["4:2:0", "4:4:4"])
def test_pixels_are_those_that_pillow_gives(mode: str, subsampling: str) -> None:
    content = drawn(mode, subsampling, (65, 33))
    with Image.open(BytesIO(content)) as opened:
        assert avif_pixels(content, 65, 33, len(opened.getbands())) == opened.tobytes()


def test_what_it_refuses_is_left_to_others() -> None:
    content = drawn("RGB", "4:2:0", (65, 33))
    assert avif_pixels(content[: len(content) // 2], 65, 33, 3) is None
    assert avif_pixels(b"no picture", 65, 33, 3) is None
    assert avif_pixels(content, 33, 65, 3) is None
    assert avif_pixels(content, 65, 33, 1) is None
