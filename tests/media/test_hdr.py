"""Drawn pictures of known luminance in PQ and HLG look in sRGB as the recommendations have it."""

import struct
import zlib
from pathlib import Path

import pillow_heif
import pytest
import pyvips
from PIL import Image, ImageCms

from gallery.media.format import Format
from gallery.media.hdr import UNSAID
from gallery.media.icc import profile_coding
from gallery.media.picture import open_fitted, open_upright

PQ, HLG = 16, 18
SIGNALS = {
    # (transfer, signal): sRGB. Below the knee, 84 cd/m² here, the light itself: 26.1 cd/m² / 203 is 0.1286.
    (PQ, 0.0): 0,
    (PQ, 0.3800): 100,
    (PQ, 0.5807): 229,  # 203 cd/m², reference white
    (PQ, 0.7518): 255,  # 1000 cd/m²
    (PQ, 1.0): 255,
    (HLG, 0.38): 101,  # 26 cd/m², as BT.2408 has it for 18 % grey
    (HLG, 0.75): 229,  # reference white as well
    (HLG, 1.0): 255,
}


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def drawn_png(path: Path, transfer: int, colour: tuple[int, int, int], primaries: int = 9) -> Path:
    header = struct.pack(">IIBBBBB", 16, 16, 16, 2, 0, 0, 0)
    row = b"\0" + struct.pack(">3H", *colour) * 16
    chunks = (
        (b"IHDR", header),
        (b"cICP", bytes([primaries, transfer, 0, 1])),
        (b"IDAT", zlib.compress(row * 16)),
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in (*chunks, (b"IEND", b""))))
    return path


def drawn_heic(path: Path, transfer: int, level: int) -> Path:
    pillow_heif.from_bytes("RGB;16", (64, 64), struct.pack("<H", level) * 3 * 64 * 64).save(
        path,
        quality=100,
        color_primaries=9,
        transfer_characteristics=transfer,
        matrix_coefficients=9,
        full_range_flag=1,
    )
    return path


def drawn_avif(path: Path, transfer: int, level: int) -> Path:
    return in_pq(path, Image.new("RGB", (64, 64), (level >> 8,) * 3), transfer)


def in_pq(path: Path, picture: Image.Image, transfer: int = PQ, **options: object) -> Path:
    """Or HLG. libvips names no coding; the one that Pillow writes is changed."""
    picture.save(path, "AVIF", quality=100, subsampling="4:4:4", **options)
    content = path.read_bytes()
    assert content.count(b"nclx\0\x01\0\x0d") == 1
    path.write_bytes(content.replace(b"nclx\0\x01\0\x0d", bytes([*b"nclx", 0, 9, 0, transfer])))
    return path


def profile_with_cicp(primaries: int, transfer: int) -> bytes:
    """sRGB's, with one tag more."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = int.from_bytes(plain[128:132])
    head, table, rest = plain[:128], plain[132 : 132 + 12 * count], plain[132 + 12 * count :]
    moved = b"".join(
        table[at : at + 4] + struct.pack(">II", int.from_bytes(table[at + 4 : at + 8]) + 12, size)
        for at in range(0, len(table), 12)
        for size in [int.from_bytes(table[at + 8 : at + 12])]
    )
    last = struct.pack(">4sII", b"cicp", len(plain) + 12, 12)
    tag = b"cicp\0\0\0\0" + bytes([primaries, transfer, 0, 1])
    made = head + struct.pack(">I", count + 1) + moved + last + rest + tag
    return struct.pack(">I", len(made)) + made[4:]


def colours(path: Path, format: Format) -> list[list[float]]:
    """In the middle, by both ways of opening."""
    pictures = open_upright(path, format), open_fitted(path, format, 1, 8)
    assert all((one.format, one.interpretation, one.bands) == ("uchar", "srgb", 3) for one in pictures)
    return [one.getpoint(one.width // 2, one.height // 2) for one in pictures]


@pytest.mark.parametrize(("transfer", "signal"), SIGNALS)
def test_grey_of_a_known_luminance_is_shown_as_bright_in_every_format(
    tmp_path: Path, transfer: int, signal: float
) -> None:
    level, shown = round(signal * 65535), SIGNALS[transfer, signal]
    paths = {
        Format.PNG: drawn_png(tmp_path / "a.png", transfer, (level,) * 3),
        Format.HEIC: drawn_heic(tmp_path / "a.heic", transfer, level),
        Format.AVIF: drawn_avif(tmp_path / "a.avif", transfer, level),
    }
    for format, path in paths.items():
        for colour in colours(path, format):
            assert all(abs(band - shown) <= 3 for band in colour), (format, colour, shown)


def test_a_turned_avif_in_pq_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path, picture = tmp_path / "turned.avif", Image.new("RGB", (64, 32), (97,) * 3)
    picture.paste((0, 0, 0), (0, 0, 32, 32))
    in_pq(path, picture, exif=exif)
    for shown in (open_upright(path, Format.AVIF), open_fitted(path, Format.AVIF, 1, 32)):
        assert shown.height == 2 * shown.width
        above, below = (shown.getpoint(shown.width // 2, y)[1] for y in (4, shown.height - 5))
        assert (above < 10, below) == (True, pytest.approx(100, abs=4))


def test_what_srgb_cannot_show_keeps_its_hue_and_its_luminance(tmp_path: Path) -> None:
    path = drawn_png(tmp_path / "red.png", PQ, (round(0.508 * 65535), 0, 0))  # 102 cd/m², reddest of BT.2020
    for red, green, blue in colours(path, Format.PNG):
        light = [((band / 255 + 0.055) / 1.055) ** 2.4 if band > 10 else 0 for band in (red, green, blue)]
        assert red > 180
        assert max(green, blue) < 90
        luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
        assert luminance == pytest.approx(0.2627 * 0.49, abs=0.01)


def test_other_codings_are_left_alone(tmp_path: Path) -> None:
    path = drawn_png(tmp_path / "plain.png", 13, (40_000, 20_000, 10_000), primaries=1)
    plain = pyvips.Image.new_from_file(str(path)).colourspace("srgb").getpoint(8, 8)
    assert all(colour == pytest.approx(plain, abs=1) for colour in colours(path, Format.PNG))


@pytest.mark.parametrize(("transfer", "level", "shown"), [(PQ, 97, 100), (HLG, 191, 229)])
def test_a_colour_profile_says_pq_or_hlg_in_every_format(
    tmp_path: Path, transfer: int, level: int, shown: int
) -> None:
    profile = profile_with_cicp(9, transfer)
    for format in (Format.JPG, Format.PNG, Format.WEBP, Format.TIFF, Format.HEIC, Format.AVIF):
        path = tmp_path / f"a.{format}"
        picture = Image.new("RGB", (64, 64), (level,) * 3)
        if format is Format.HEIC:
            pillow_heif.from_pillow(picture).save(path, quality=100, icc_profile=profile)
        else:
            picture.save(path, quality=100, icc_profile=profile)
        for colour in colours(path, format):
            assert all(abs(band - shown) <= 4 for band in colour), (format, colour, shown)


def test_a_profile_that_lies_about_its_tags_says_nothing() -> None:
    whole = profile_with_cicp(9, PQ)
    assert profile_coding(whole) == (9, PQ)
    for bytes_kept in (0, 17, 130, 133, 200, len(whole) - 1):
        assert profile_coding(whole[:bytes_kept]) == UNSAID
    assert profile_coding(whole[:128] + b"\xff" * 400) == UNSAID
