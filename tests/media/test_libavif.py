"""AVIF read without Pillow's copies is what Pillow reads, to the byte; and when shrunk, close to that."""

from io import BytesIO

import numpy as np
import pytest
import pyvips
from PIL import Image

from gallery.media.libavif import avif_pixels


def drawn(mode: str, subsampling: str, size: tuple[int, int]) -> bytes:
    slope, hill = Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)
    picture = Image.merge("RGB", (slope, hill, Image.blend(hill, Image.effect_noise(size, 90), 0.2)))
    picture.putalpha(slope)
    buffer = BytesIO()
    picture.convert(mode).save(buffer, "AVIF", subsampling=subsampling, quality=70)
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("subsampling", ["4:2:0", "4:4:4"])
def test_pixels_are_those_that_pillow_gives(mode: str, subsampling: str) -> None:
    content = drawn(mode, subsampling, (65, 33))
    with Image.open(BytesIO(content)) as opened:
        found = avif_pixels(content, (65, 33), len(opened.getbands()))
        assert found == (65, 33, "uchar", opened.tobytes())


@pytest.mark.parametrize("subsampling", ["4:2:0", "4:2:2", "4:4:4"])
def test_a_picture_shrunk_as_planes_is_the_whole_one_shrunk(subsampling: str) -> None:
    content = drawn("RGB", subsampling, (301, 201))
    assert close(content, (150, 100))


def test_ten_bits_are_shrunk_as_well_and_kept_where_that_is_wanted() -> None:
    picture = (pyvips.Image.new_from_buffer(drawn("RGB", "4:4:4", (301, 201)), "") * 257).cast("ushort")
    content = picture.copy(interpretation="rgb16").heifsave_buffer(compression="av1", bitdepth=10)
    assert close(content, (150, 100))
    deep, shallow = (avif_pixels(content, (301, 201), 3, most_bits=bits) for bits in (16, 8))
    assert deep is not None
    assert shallow is not None
    assert (deep.kind, shallow.kind) == ("ushort", "uchar")
    numbers = np.frombuffer(deep.content, np.uint16)
    assert len(np.unique(numbers)) > 256
    assert abs(numbers / 257 - np.frombuffer(shallow.content, np.uint8)).mean() < 1


def test_what_it_refuses_is_left_to_others() -> None:
    content = drawn("RGB", "4:2:0", (65, 33))
    assert avif_pixels(content[: len(content) // 2], (65, 33), 3) is None
    assert avif_pixels(b"no picture", (65, 33), 3) is None
    assert avif_pixels(content, (33, 65), 3) is None
    assert avif_pixels(content, (65, 33), 1) is None


def close(content: bytes, size_px: tuple[int, int]) -> bool:
    """Nearer than it would be one pixel aside: the noise in blue is in the chroma, which has been halved."""
    with Image.open(BytesIO(content)) as opened:
        whole = pyvips.Image.new_from_array(np.asarray(opened), interpretation="srgb")
        found = avif_pixels(content, opened.size, 3, max(size_px))
    assert found is not None
    assert found[:2] == size_px
    shrunk = np.frombuffer(found.content, np.uint8).reshape(*size_px[::-1], 3)
    expected = whole.thumbnail_image(size_px[0], height=size_px[1], size="force").numpy()
    apart = abs(shrunk.astype(int) - expected)
    return bool(apart.mean() < 2 and apart.max() < 25)
