import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from gallery.errors import CorruptFile
from gallery.media.format import Format, sniff
from gallery.media.rendition import SIZES_PX, base_size, write_renditions
from gallery.media.rendition_cache import find, put
from tests.drawing import drawn_jpeg
from tests.limits import LIMITS


def sizes(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in sorted(folder.iterdir()):
        with Image.open(path) as picture:
            found[re.sub(r"-[0-9a-f]{8}(?=\.jpg$)", "", path.name)] = picture.size
    return found


def test_a_large_picture_gives_all_sizes(tmp_path: Path) -> None:
    Image.new("RGB", (2400, 1200), (10, 90, 200)).save(tmp_path / "large.jpg")
    made = write_renditions(tmp_path / "large.jpg", Format.JPG, 1, tmp_path / "made", LIMITS)
    assert sizes(tmp_path / "made") == {
        "100.jpg": (100, 100),
        "1920.jpg": (1920, 960),
        "200.jpg": (200, 200),
        "300.jpg": (300, 150),
        "600.jpg": (800, 400),
    }
    assert (made.width_px, made.height_px) == (2400, 1200)
    assert all(abs(int(made.colour[at : at + 2], 16) - want) < 4 for at, want in ((1, 10), (3, 90), (5, 200)))


def test_a_small_picture_is_enlarged_for_the_squares_only(drawn: Image.Image, tmp_path: Path) -> None:
    drawn.save(tmp_path / "small.png")
    write_renditions(tmp_path / "small.png", Format.PNG, 1, tmp_path / "made", LIMITS)
    assert sizes(tmp_path / "made") == {
        "100.jpg": (100, 100),
        "1920.jpg": (80, 40),
        "200.jpg": (200, 200),
        "300.jpg": (80, 40),
        "600.jpg": (80, 40),
    }


@given(st.integers(301, 1920), st.integers(1, 1920))
def test_what_grids_are_made_of_gives_the_height_that_the_largest_would(width: int, height: int) -> None:
    base_width, base_height = base_size(width, height)
    assert base_width <= width
    assert base_height <= height
    assert max(1, round(300 * base_height / base_width)) == max(1, round(300 * height / width))


def test_a_turned_original_gives_upright_sizes(drawn: Image.Image, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn.resize((800, 400)).save(tmp_path / "turned.jpg", exif=exif)
    made = write_renditions(tmp_path / "turned.jpg", Format.JPG, 1, tmp_path / "made", LIMITS)
    assert (made.width_px, made.height_px) == (400, 800)
    assert sizes(tmp_path / "made")["300.jpg"] == (300, 600)


def test_a_page_of_a_pdf_gives_renditions_of_that_page(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (72, 72), "white"), Image.new("RGB", (72, 144), "red")]
    pages[0].save(tmp_path / "two.pdf", save_all=True, append_images=pages[1:], resolution=72)
    made = write_renditions(tmp_path / "two.pdf", Format.PDF, 2, tmp_path / "made", LIMITS)
    assert made.height_px == 2 * made.width_px
    assert int(made.colour[1:3], 16) > 240


def test_no_rendition_carries_metadata(drawn: Image.Image, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 42.96), 3: "E", 4: (2.0, 21.0, 7.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = tmp_path / "told.jpg"
    drawn.save(
        source, exif=exif, icc_profile=profile, comment="SecretComment", xmp=b"http://ns.adobe.com/ Secret"
    )
    told = (b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe", b"Secret")
    assert b"ICC_PROFILE" in source.read_bytes()
    assert b"Secret" in source.read_bytes()
    write_renditions(source, Format.JPG, 1, tmp_path / "made", LIMITS)
    for size_px in SIZES_PX:
        made = find(tmp_path / "made", f"{size_px}.jpg")
        assert made
        assert not [word for word in told if word in made.content]


def test_a_damaged_picture_leaves_nothing_behind(tmp_path: Path) -> None:
    source, folder = tmp_path / "short.jpg", tmp_path / "made"
    Image.effect_noise((900, 700), 80).save(source, quality=95)
    source.write_bytes(source.read_bytes()[:90_000])
    with pytest.raises(CorruptFile):
        write_renditions(source, Format.JPG, 1, folder, LIMITS)
    assert not folder.exists()


def test_a_failed_move_leaves_no_temporary_file(drawn: Image.Image, tmp_path: Path) -> None:
    drawn.save(tmp_path / "small.png")
    write_renditions(tmp_path / "small.png", Format.PNG, 1, tmp_path / "made", LIMITS)
    (path,) = (tmp_path / "made").glob("1920-*.jpg")
    path.unlink()
    path.mkdir()
    before = sorted((tmp_path / "made").iterdir())
    with pytest.raises(OSError, match=r"1920-\w+\.jpg"):
        write_renditions(tmp_path / "small.png", Format.PNG, 1, tmp_path / "made", LIMITS)
    assert sorted((tmp_path / "made").iterdir()) == before


@pytest.mark.photos
@pytest.mark.parametrize(
    "name",
    [
        "exif-samples/heic/mobile/iphone_13_pro_max.HEIC",
        "immich-test-assets/formats/avif/8bit-sRGB.avif",
        "immich-test-assets/formats/webp/denali.webp",
        "exif-samples/tiff/Crémieux11.tiff",
    ],
)
def test_real_photographs_of_each_kind_give_renditions(photos: Path, tmp_path: Path, name: str) -> None:
    path = photos / name
    write_renditions(path, sniff(path.read_bytes()[:4096]), 1, tmp_path, LIMITS)
    assert len(sizes(tmp_path)) == len(SIZES_PX)


def test_what_was_made_on_demand_of_other_pixels_is_forgotten(tmp_path: Path) -> None:
    source, folder = tmp_path / "a.jpg", tmp_path / "made"
    source.write_bytes(drawn_jpeg((200, 30, 30)))
    write_renditions(source, Format.JPG, 1, folder, LIMITS)
    put(folder, "abc.webp", b"on demand")
    write_renditions(source, Format.JPG, 1, folder, LIMITS)
    assert find(folder, "abc.webp")
    source.write_bytes(drawn_jpeg((30, 200, 30)))
    write_renditions(source, Format.JPG, 1, folder, LIMITS)
    assert find(folder, "abc.webp") is None
    assert all(find(folder, f"{size_px}.jpg") for size_px in SIZES_PX)
