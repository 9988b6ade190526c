import random
from pathlib import Path

import pillow_heif
import pytest
import pyvips
from PIL import Image, ImageCms, ImageOps

from gallery.errors import CorruptFile
from gallery.media.colour import dominant_colour
from gallery.media.format import Format
from gallery.media.header import read_header
from gallery.media.picture import MAX_PROFILE_BYTES, open_fitted, open_upright


def middle(path: Path, format: Format) -> list[int]:
    """The colour in the middle, the same within rounding by both ways of opening."""
    whole, fitted = open_upright(path, format), open_fitted(path, format, 1, 32)
    for picture in (whole, fitted):
        assert (picture.bands, picture.format, picture.interpretation) == (3, "uchar", "srgb")
    colours = [[round(band) for band in p.getpoint(p.width // 2, p.height // 2)] for p in (whole, fitted)]
    assert all(abs(one - other) <= 2 for one, other in zip(*colours, strict=True))
    return colours[0]


def close(colour: list[int], expected: tuple[int, int, int], within: int = 3) -> bool:
    return all(abs(one - other) <= within for one, other in zip(colour, expected, strict=True))


def test_cmyk_becomes_srgb(tmp_path: Path) -> None:
    path = tmp_path / "cmyk.jpg"
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(path)
    red, green, blue = middle(path, Format.JPG)
    assert red > 200
    assert max(green, blue) < 80


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    Image.new("I;16", (60, 40), 40_000).save(path)
    assert close(middle(path, Format.PNG), (156, 156, 156))


def test_transparency_becomes_white(tmp_path: Path) -> None:
    palette = Image.new("P", (60, 40), 1)
    palette.putpalette([0, 0, 0, 9, 200, 9])
    palette.save(tmp_path / "palette.png", transparency=1)
    Image.new("LA", (60, 40), (80, 0)).save(tmp_path / "grey.png")
    Image.new("RGBA", (60, 40), (255, 0, 0, 0)).save(tmp_path / "clear.webp", lossless=True, exact=True)
    assert middle(tmp_path / "palette.png", Format.PNG) == [255, 255, 255]
    assert middle(tmp_path / "grey.png", Format.PNG) == [255, 255, 255]
    assert middle(tmp_path / "clear.webp", Format.WEBP) == [255, 255, 255]


def test_a_broken_colour_profile_does_not_cost_the_picture(tmp_path: Path) -> None:
    for suffix, format in (("jpg", Format.JPG), ("tiff", Format.TIFF), ("png", Format.PNG)):
        path = tmp_path / f"profile.{suffix}"
        Image.new("RGB", (60, 40), (200, 30, 30)).save(path, icc_profile=b"no profile" * 30)
        assert close(middle(path, format), (200, 30, 30))


def test_a_picture_is_never_enlarged(drawn: Image.Image, tmp_path: Path) -> None:
    for suffix, format in (("png", Format.PNG), ("tiff", Format.TIFF), ("webp", Format.WEBP)):
        drawn.save(tmp_path / f"small.{suffix}")
        fitted = open_fitted(tmp_path / f"small.{suffix}", format, 1, 1920)
        assert (fitted.width, fitted.height) == (80, 40)


def test_damage_inside_the_pixels_is_a_corrupt_file(tmp_path: Path) -> None:
    path = tmp_path / "short.jpg"
    Image.effect_noise((900, 700), 80).save(path, quality=95)
    path.write_bytes(path.read_bytes()[:90_000])
    with pytest.raises(CorruptFile, match="ends too early or is damaged"):
        open_fitted(path, Format.JPG, 1, 300)


def test_a_loader_of_no_kept_format_does_not_run(tmp_path: Path) -> None:
    path = tmp_path / "drawing.jpg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    with pytest.raises(CorruptFile):
        open_upright(path, Format.JPG)


def test_shrinking_while_decoding_is_as_good_as_a_full_lanczos(tmp_path: Path) -> None:
    """A picture with detail at every scale, at a shrink of 8: libjpeg does part of the work."""
    path = tmp_path / "large.jpg"
    octaves = [
        pyvips.Image.gaussnoise(2400 >> n, 1600 >> n, sigma=24, seed=n).resize(1 << n) for n in range(6)
    ]
    picture = (pyvips.Image.sum(octaves) - 128 * 5).cast("uchar")
    picture.bandjoin([picture.rot180(), picture.fliphor()]).copy(interpretation="srgb").jpegsave(
        str(path), Q=95
    )
    fast = open_fitted(path, Format.JPG, 1, 300)
    slow = open_upright(path, Format.JPG).resize(300 / 2400, kernel="lanczos3")
    assert (fast.width, fast.height) == (slow.width, slow.height)
    assert similarity(fast, slow) > 0.998


def similarity(one: pyvips.Image, other: pyvips.Image) -> float:
    """SSIM of luma with the usual Gaussian window (Wang et al. 2004)."""
    a, b = (picture.colourspace("b-w").cast("float") for picture in (one, other))
    blur = lambda picture: picture.gaussblur(1.5, precision="float")  # noqa: E731  # the formula reads better
    mean_a, mean_b = blur(a), blur(b)
    variance_a, variance_b = blur(a * a) - mean_a * mean_a, blur(b * b) - mean_b * mean_b
    covariance = blur(a * b) - mean_a * mean_b
    above = (2 * mean_a * mean_b + 6.5025) * (2 * covariance + 58.5225)
    below = (mean_a * mean_a + mean_b * mean_b + 6.5025) * (variance_a + variance_b + 58.5225)
    score: float = (above / below).avg()
    return score


def test_the_dominant_colour_is_that_of_the_largest_area() -> None:
    red = (
        pyvips.Image.black(100, 100, bands=3)
        .linear(1, [200, 20, 20])
        .cast("uchar")
        .copy(interpretation="srgb")
    )
    picture = red.draw_rect([20, 20, 200], 0, 0, 30, 100, fill=True)
    assert dominant_colour(picture) == "#C81414"


def test_a_colour_is_six_upper_case_digits_for_any_picture() -> None:
    noise = random.Random(2).randbytes(30 * 20 * 3)
    picture = pyvips.Image.new_from_memory(noise, 30, 20, 3, "uchar").copy(interpretation="srgb")
    colour = dominant_colour(picture)
    assert len(colour) == 7
    assert colour == f"#{int(colour[1:], 16):06X}"


def test_eight_bit_cielab_becomes_srgb(tmp_path: Path) -> None:
    path, bands = tmp_path / "lab.tiff", [Image.new("L", (60, 40), value) for value in (136, 208, 195)]
    Image.merge("LAB", bands).save(path)
    assert close(middle(path, Format.TIFF), (255, 0, 0), within=6)  # L 53, a 80, b 67 is sRGB's red
    assert read_header(path, Format.TIFF, max_pixels=2400) == [(60, 40)]


def test_measurements_are_shown_from_the_lowest_to_the_highest(tmp_path: Path) -> None:
    for mode, low, high in (("F", -12.5, 31.5), ("I", 100_000, 900_000)):
        picture = Image.new(mode, (60, 40), low)
        picture.paste((low + high) / 2 if mode == "F" else 500_000, (15, 0, 45, 40))
        picture.paste(high, (45, 0, 60, 40))
        path = tmp_path / f"{mode}.tiff"
        picture.save(path)
        assert close(middle(path, Format.TIFF), (128, 128, 128))
        opened = open_upright(path, Format.TIFF)
        assert opened.getpoint(2, 2) == [0, 0, 0]
        assert opened.getpoint(58, 2) == [255, 255, 255]


def test_display_p3_without_a_profile_becomes_srgb(tmp_path: Path) -> None:
    path, colour = tmp_path / "p3.heic", (180, 90, 60)
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), colour)).save(
        path, quality=100, color_primaries=12, transfer_characteristics=13, matrix_coefficients=6
    )
    assert close(middle(path, Format.HEIC), (192, 87, 52), within=5)


def test_display_p3_in_avif_becomes_srgb_unless_a_profile_says_otherwise(tmp_path: Path) -> None:
    colour, profile = (180, 90, 60), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, expected, icc in (("p3", (192, 87, 52), None), ("profile", colour, profile)):
        path = tmp_path / f"{name}.avif"
        Image.new("RGB", (64, 64), colour).save(path, quality=100, icc_profile=icc)
        content = path.read_bytes()
        if icc is None:
            assert content.count(b"nclx\0\x01") == 1
            path.write_bytes(content.replace(b"nclx\0\x01", b"nclx\0\x0c"))
        assert close(middle(path, Format.AVIF), expected, within=5)


@pytest.mark.parametrize("orientation", [1, 5, 6, 7])
def test_a_turned_or_clear_avif_is_upright_and_on_white(tmp_path: Path, orientation: int) -> None:
    path, exif = tmp_path / "turned.avif", Image.Exif()
    exif[0x0112] = orientation
    picture = Image.new("RGBA", (64, 32), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (0, 0, 32, 16))
    picture.save(path, quality=100, subsampling="4:4:4", exif=exif)
    best = Image.new("RGB", (64, 32), "white")
    best.paste((0, 0, 255), (0, 0, 32, 16))
    best.getexif()[0x0112] = orientation
    best = ImageOps.exif_transpose(best)
    shown = open_upright(path, Format.AVIF)
    assert (shown.width, shown.height) == best.size
    for x, y in ((4, 4), (4, best.height - 5), (best.width - 5, 4)):
        assert close(shown.getpoint(x, y), best.getpixel((x, y)), within=6)


def test_the_first_picture_of_a_multi_picture_file_is_shown(tmp_path: Path) -> None:
    path, other = tmp_path / "two.jpg", Image.new("RGB", (30, 20), "blue")
    Image.new("RGB", (60, 40), (200, 30, 30)).save(path, "MPO", save_all=True, append_images=[other])
    assert close(middle(path, Format.JPG), (200, 30, 30))


def test_a_huge_profile_is_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "profile.png"
    Image.new("RGB", (60, 40), (200, 30, 30)).save(path, icc_profile=bytes(MAX_PROFILE_BYTES + 1))
    assert close(middle(path, Format.PNG), (200, 30, 30))
