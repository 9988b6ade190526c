import io
import struct
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from gallery.errors import CorruptFile, GalleryError, TooLarge, UnsupportedFile
from gallery.media.format import Format, sniff
from gallery.media.header import Size, count_frames, read_header
from gallery.media.picture import open_upright
from tests.drawing import drawn_pdf

PLENTY = 10**9
SWAPPED = {5, 6, 7, 8}
# Where the corners of the 80 × 40 drawing's colours lie after each orientation: pixel → colour.
LEFT_RED = {1: (5, 5), 2: (75, 5), 3: (75, 35), 4: (5, 35), 5: (5, 5), 6: (35, 5), 7: (35, 75), 8: (5, 75)}
GREEN = {1: (75, 5), 2: (5, 5), 3: (5, 35), 4: (75, 35), 5: (5, 75), 6: (35, 75), 7: (35, 5), 8: (5, 5)}


def oriented(drawn: Image.Image, path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    if path.suffix == ".heic":
        pillow_heif.from_pillow(drawn).save(path, quality=95, exif=exif.tobytes())
    else:
        drawn.save(path, exif=exif)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tiff", "png", "webp", "avif", "heic"])
def test_each_orientation_is_applied_once(
    drawn: Image.Image, tmp_path: Path, suffix: str, orientation: int
) -> None:
    path = tmp_path / f"turned.{suffix}"
    oriented(drawn, path, orientation)
    size = Size(40, 80) if orientation in SWAPPED else Size(80, 40)
    format = sniff(path.read_bytes()[:4096])
    assert read_header(path, format, max_pixels=PLENTY) == [size]
    picture = open_upright(path, format)
    assert (picture.width, picture.height) == size
    red, green, blue = picture.getpoint(*LEFT_RED[orientation])
    assert red > green + 60
    assert red > blue + 60
    red, green, blue = picture.getpoint(*GREEN[orientation])
    assert green > red + 60
    assert green > blue + 60


def test_a_heic_with_an_exif_orientation_that_repeats_its_own_is_turned_once(
    drawn: Image.Image, tmp_path: Path
) -> None:
    path = tmp_path / "turned.heic"
    exif = Image.Exif()
    exif[0x0112] = 6
    heic = pillow_heif.from_pillow(drawn)
    heic.info["exif"] = exif.tobytes()
    heic.save(path, quality=95)
    [size] = read_header(path, Format.HEIC, max_pixels=PLENTY)
    picture = open_upright(path, Format.HEIC)
    assert (picture.width, picture.height) == size


def test_each_page_of_a_tiff_is_a_page_but_a_reduced_copy_is_not(tmp_path: Path) -> None:
    path = tmp_path / "pages.tiff"
    pages = [Image.new("L", (width_px, 20)) for width_px in (30, 10, 50)]
    pages[1].encoderinfo = {"tiffinfo": {254: 1}}  # type: ignore[attr-defined]  # Pillow's way for one page
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert read_header(path, Format.TIFF, max_pixels=PLENTY) == [Size(30, 20), Size(50, 20)]
    assert open_upright(path, Format.TIFF, 2).width == 50
    with pytest.raises(CorruptFile):
        open_upright(path, Format.TIFF, 3)


def test_an_animation_has_one_page(drawn: Image.Image, tmp_path: Path) -> None:
    for suffix in ("gif", "webp"):
        path = tmp_path / f"moving.{suffix}"
        drawn.save(path, save_all=True, append_images=[Image.new("RGB", drawn.size, "white")], duration=100)
        assert read_header(path, Format(suffix), max_pixels=PLENTY) == [Size(80, 40)]
        red, green, _ = open_upright(path, Format(suffix)).getpoint(5, 5)
        assert red > green + 60


def test_a_pdf_has_a_size_a_page_as_it_will_be_drawn(drawn: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "three.pdf"
    pages = [drawn, drawn.rotate(90, expand=True), Image.new("RGB", (7200, 720), "white")]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=72)
    sizes = read_header(path, Format.PDF, max_pixels=PLENTY)
    assert len(sizes) == 3
    assert sizes[2] == Size(3000, 300)
    for page, size in enumerate(sizes, start=1):
        picture = open_upright(path, Format.PDF, page)
        assert (picture.width, picture.height, picture.bands) == (*size, 3)


def test_too_many_pixels_are_refused_with_numbers(drawn: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    drawn.save(path)
    with pytest.raises(TooLarge, match=r"80 × 40 pixels, 3,200 in all; the most allowed is 3,199"):
        read_header(path, Format.PNG, max_pixels=3199)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.tiff"
    page = Image.new("1", (1, 1))
    page.save(path, save_all=True, append_images=[page] * 500)
    with pytest.raises(TooLarge, match="500 pages"):
        read_header(path, Format.TIFF, max_pixels=PLENTY)


@pytest.mark.parametrize("format", list(Format))
def test_an_unreadable_header_is_a_corrupt_file(tmp_path: Path, format: Format) -> None:
    path = tmp_path / "broken"
    path.write_bytes(b"II*\x00\xff\xff\xff\x7f" if format is Format.TIFF else b"%PDF-1.7 broken")
    with pytest.raises(CorruptFile):
        read_header(path, format, max_pixels=PLENTY)


def test_a_missing_file_is_not_called_a_corrupt_one(tmp_path: Path) -> None:
    for format in Format:
        with pytest.raises(FileNotFoundError):
            read_header(tmp_path / "none", format, max_pixels=PLENTY)


def test_a_name_with_brackets_is_a_name(drawn: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "photo[1]"
    drawn.save(path, format="JPEG")
    assert read_header(path, Format.JPG, max_pixels=PLENTY) == [Size(80, 40)]


def test_a_header_is_read_from_a_renamed_file(drawn: Image.Image, tmp_path: Path) -> None:
    file = io.BytesIO()
    drawn.save(file, format="PNG")
    path = tmp_path / "really_a_png.jpg"
    path.write_bytes(file.getvalue())
    assert read_header(path, sniff(file.getvalue()), max_pixels=PLENTY) == [Size(80, 40)]


def test_the_frames_of_an_animation_are_counted(drawn: Image.Image, tmp_path: Path) -> None:
    for suffix in ("gif", "webp"):
        others = [Image.new("RGB", drawn.size, (n, 0, 0)) for n in (50, 100)]
        drawn.save(tmp_path / f"moving.{suffix}", save_all=True, append_images=others, duration=100)
        drawn.save(tmp_path / f"still.{suffix}")
        assert count_frames(tmp_path / f"moving.{suffix}", Format(suffix)) == 3
        assert count_frames(tmp_path / f"still.{suffix}", Format(suffix)) == 1


def test_an_encrypted_pdf_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    lock = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    trailer = b"trailer\n<< " + lock % (b"41" * 32, b"42" * 32)
    whole = drawn_pdf(1)
    assert whole.count(b"trailer\n<<") == 1
    path.write_bytes(whole.replace(b"trailer\n<<", trailer))
    with pytest.raises(CorruptFile, match="This PDF is encrypted; save it without a password first"):
        read_header(path, Format.PDF, max_pixels=PLENTY)


@pytest.mark.parametrize(("tag", "value"), [(262, 32803), (262, 34892), (259, 65535), (259, 65000)])
def test_a_raw_that_begins_with_its_raw_picture_is_refused(tag: int, value: int) -> None:
    entries = {256: 4000, 257: 3000, 259: 1, 262: 1} | {tag: value}
    packed = b"".join(struct.pack("<HHII", key, 4, 1, number) for key, number in sorted(entries.items()))
    content = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + packed + bytes(4)
    with pytest.raises(UnsupportedFile, match="camera raw"):
        sniff(content)


@pytest.mark.photos
def test_every_photograph_has_the_size_that_it_is_shown_in(
    photos: Path, truth: dict[str, dict[str, Any]]
) -> None:
    wrong = {}
    for name, expected in truth.items():
        path = photos / name
        try:
            sizes = read_header(path, sniff(path.read_bytes()[:4096]), max_pixels=PLENTY)
        except GalleryError as error:
            wrong[name] = str(error)
            continue
        if sizes != [(expected["display_width"], expected["display_height"])]:
            wrong[name] = str(sizes)
    assert not wrong
