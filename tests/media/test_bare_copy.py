"""A copy without a place: the same pixels, the same way up, and not a word more."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gallery.media.bare_copy import NoBareCopy, bare_copy, has_bare_copy
from gallery.media.bare_jpeg import bare_jpeg
from gallery.media.bare_png import bare_png
from gallery.media.bare_webp import bare_webp
from gallery.media.format import Format
from gallery.media.picture import open_upright
from tests.evidence import ICC, WORD, telling_jpeg, telling_png, telling_webp, told_by

FORMATS = (
    (Format.JPG, telling_jpeg, bare_jpeg),
    (Format.JPG, lambda: telling_jpeg(progressive=True, size=(200, 120)), bare_jpeg),
    (Format.PNG, telling_png, bare_png),
    (Format.WEBP, telling_webp, bare_webp),
)


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
@pytest.mark.parametrize(("format", "draw", "strip"), FORMATS)
def test_the_copy_is_the_same_picture_and_says_nothing(
    tmp_path: Path, format: Format, draw: Callable[[], bytes], strip: Callable[[bytes], bytes]
) -> None:
    original, copy = draw(), strip(draw())
    assert len(told_by(original)) >= 3, "the test's own file tells nothing"
    assert told_by(copy) == []
    first, second = Image.open(BytesIO(original)), Image.open(BytesIO(copy))
    assert first.tobytes() == second.tobytes()
    assert second.info.get("icc_profile") == ICC
    assert set(second.getexif()) == {0x0112}
    paths = tmp_path / "original", tmp_path / "copy"
    paths[0].write_bytes(original)
    paths[1].write_bytes(copy)
    upright, turned = (open_upright(path, format) for path in paths)
    assert (upright.width, upright.height) == (turned.width, turned.height) == first.size[::-1]
    assert upright.write_to_memory() == turned.write_to_memory()
    assert strip(copy) == copy


def test_an_upright_copy_has_no_exif_at_all() -> None:
    copy = bare_jpeg(telling_jpeg(orientation=1))
    assert b"Exif" not in copy
    assert copy.endswith(b"\xff\xd9")


@pytest.mark.parametrize("strip", [bare_jpeg, bare_png, bare_webp])
@given(data=st.data())
def test_a_damaged_file_tells_no_more_and_raises_nothing_else(
    strip: Callable[[bytes], bytes], data: st.DataObject
) -> None:
    whole = {bare_jpeg: telling_jpeg, bare_png: telling_png, bare_webp: telling_webp}[strip]()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    damaged = (
        whole[:at] if cut else whole[:at] + data.draw(st.binary(min_size=1, max_size=4)) + whole[at + 4 :]
    )
    try:
        copy = strip(damaged)
    except ValueError:
        return
    if cut:
        assert WORD not in copy


def test_what_cannot_be_parted_from_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for format, content in ((Format.HEIC, b"anything"), (Format.JPG, b"\xff\xd8\xff\xe1\0\0")):
        path.write_bytes(content)
        with pytest.raises(NoBareCopy):
            bare_copy(path, format)
    assert not has_bare_copy(Format.TIFF, 1)
    assert not has_bare_copy(Format.JPG, 10**9)
