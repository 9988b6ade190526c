"""Files made to cost as much as they can: each ends in words and in time, and the next one is processed."""

import resource
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from flask import Flask
from PIL import Image as Pillow

from gallery import processing
from gallery.config import Settings
from gallery.db import db
from gallery.errors import GalleryError
from gallery.media.child_process import TOO_LONG
from gallery.models.image import Image
from tests.conftest import NewGallery
from tests.drawing import drawn, drawn_jpeg

pytestmark = pytest.mark.slow
MEMORY_BYTES = 512 * 1024**2
TIMEOUT_S = 10


@pytest.fixture
def environ(new_gallery: NewGallery, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Narrow limits, so that what is tested here is quick."""
    limits = {"DECODE_TIMEOUT_S": str(TIMEOUT_S), "DECODE_MEMORY_BYTES": str(MEMORY_BYTES)}
    with new_gallery(
        "sqlite", tmp_path / "instance", SECRET_KEY="a secret of the tests", **limits
    ) as environ:
        yield environ


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes, *more: bytes, depth: int = 1, colour: int = 0) -> bytes:
    """Of compressed rows; other chunks stand before them."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@cache
def zeros(size_bytes: int) -> bytes:
    """Compressed, a thousandth of it: a megabyte's worth again and again (RFC 1950, RFC 1951)."""
    packer = zlib.compressobj(9, wbits=-15)
    million = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(size_bytes % 2**20)) + packer.flush()
    adler = (size_bytes % 65521) << 16 | 1
    return b"\x78\xda" + million * (size_bytes >> 20) + rest + struct.pack(">I", adler)


def test_control_the_bombs_are_what_they_say() -> None:
    for size_bytes in (0, 9, 2**20, 5 * 2**20 + 7):
        assert zlib.decompress(zeros(size_bytes)) == bytes(size_bytes)
        assert len(zeros(size_bytes)) < 50 + size_bytes / 900


def png_of_144_megapixels() -> bytes:
    return png(12_000, 12_000, zeros(12_000 * 1501))


def png_larger_than_its_size() -> bytes:
    return png(8, 8, zeros(300 * 2**20))


def png_with_a_text_of_400_megabytes() -> bytes:
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zeros(400 * 2**20))
    return png(8, 8, zeros(8 * 2), text)


def png_with_a_profile_of_400_megabytes() -> bytes:
    return png(8, 8, zeros(8 * 25), chunk(b"iCCP", b"x\0\0" + zeros(400 * 2**20)), depth=8, colour=2)


def png_with_20_000_texts() -> bytes:
    return png(8, 8, zeros(16), *[chunk(b"tEXt", b"k%d\0v" % n) for n in range(20_000)])


def png_with_an_exif_block_of_100_megabytes() -> bytes:
    block = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x010F, 2, 100 * 2**20, 26) + bytes(4)
    return png(8, 8, zeros(16), chunk(b"eXIf", block + b"A" * (100 * 2**20)))


def png_with_sixteen_bits() -> bytes:
    """A billion and a half bytes of pixels in as many thousandths."""
    return png(13_000, 13_000, zeros(13_000 * (13_000 * 8 + 1)), depth=16, colour=6)


def jpeg_with_10_000_exif_entries() -> bytes:
    entries = b"".join(struct.pack("<HHII", 0x010F, 2, 4000, 8) for _ in range(5400))
    block = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 10_000) + entries
    return drawn_jpeg()[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + drawn_jpeg()[2:]


def jpeg_of_90_scans() -> bytes:
    return jpeg_of_many_scans(scans=90)


def jpeg_of_many_scans(side: int = 12_000, scans: int = 400) -> bytes:
    """Progressive: each scan says nothing, and has the decoder walk over all blocks (ITU-T T.81, G.1)."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    frame = segment(0xC2, struct.pack(">BHHB", 8, side, side, 1) + b"\x01\x11\x00")
    table = segment(0xDB, bytes([0]) + bytes([1] * 64))
    dc = segment(0xC4, b"\x00\x01" + bytes(15) + b"\x00")
    ac = segment(0xC4, b"\x10\x01" + bytes(15) + b"\xe0")
    first = segment(0xDA, b"\x01\x01\x00\x00\x00\x00") + bytes(side * side // 512)
    runs = int(("0" + "1" * 14) * 72, 2).to_bytes(135, "big").replace(b"\xff", b"\xff\x00")
    blank = (segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + runs) * scans
    return b"\xff\xd8" + table + frame + dc + ac + first + blank + b"\xff\xd9"


def gif_of_1_000_frames() -> bytes:
    file = BytesIO()
    frames = [Pillow.new("RGB", (64, 64), (n % 250, 9, n // 4)) for n in range(1000)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=20)
    return file.getvalue()


def webp_of_1_000_frames() -> bytes:
    file = BytesIO()
    frames = [Pillow.new("RGB", (16, 16), (n % 250, 9, n // 4)) for n in range(1000)]
    frames[0].save(
        file, "WEBP", save_all=True, append_images=frames[1:], duration=20, method=0, lossless=True
    )
    return file.getvalue()


def gif_of_a_huge_screen() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + drawn("GIF")[13:]


def tiff(entries: list[tuple[int, int, int, int]], following: int = 0, tail: bytes = b"") -> bytes:
    packed = b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + packed + struct.pack("<I", following) + tail


def tiff_entries(
    width: int, height: int, compression: int, at: int, size: int
) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression), (262, 3, 1, 1),
        (273, 4, 1, at), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, size),
    ]  # fmt: skip


def tiff_of_a_deflated_strip() -> bytes:
    rows = zeros(14_000 * 14_000)
    return tiff(tiff_entries(14_000, 14_000, 8, 122, len(rows)), tail=rows)


def tiff_in_a_circle() -> bytes:
    return tiff(tiff_entries(8, 8, 1, 122, 64), following=8, tail=bytes(64))


def tiff_of_60_000_pages() -> bytes:
    parts, at = [b"II*\0\x08\0\0\0"], 8
    for _ in range(60_000):
        at += 18
        parts.append(struct.pack("<HHHIII", 1, 256, 4, 1, 8, at))
    return b"".join(parts)


def tiff_of_a_huge_strip_count() -> bytes:
    entries = [entry for entry in tiff_entries(8, 8, 1, 122, 64) if entry[0] not in (273, 279)]
    return tiff([*entries, (273, 4, 2**30, 122), (279, 4, 2**30, 122)], tail=bytes(64))


def resized(content: bytes, width: int, height: int) -> bytes:
    """The container's word on the picture's size changed (ISO/IEC 23008-12, 6.5.3)."""
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", width, height) + content[at + 8 :]


def heic_of_absurd_size() -> bytes:
    file = BytesIO()
    pillow_heif.from_pillow(Pillow.new("RGB", (64, 64))).save(file)
    return resized(file.getvalue(), 2**31 - 1, 2**31 - 1)


def heic_of_a_grown_size() -> bytes:
    file = BytesIO()
    pillow_heif.from_pillow(Pillow.new("RGB", (64, 64))).save(file)
    return resized(file.getvalue(), 14_000, 14_000)


def avif_of_absurd_size() -> bytes:
    return resized(drawn("AVIF", (64, 64)), 2**31 - 1, 2**31 - 1)


def pdf(*objects: bytes) -> bytes:
    """Objects numbered from 1, of which the first is the catalog."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
RESOURCES = b"/Resources << /XObject << /X 5 0 R >> >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R " + RESOURCES + b" >>"


def pdf_of_a_million_pages() -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Count 1000000 /Kids [%s] >>" % (b"3 0 R " * 1000), PAGE % (9, 9))


def pdf_of_a_huge_page() -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE % (10**6, 10**6), stream(b""))


def pdf_that_draws_itself() -> bytes:
    form = stream(
        b"/X Do /X Do " * 20,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
    )
    return pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE % (99, 99), stream(b"/X Do"), form)


def pdf_whose_pages_hold_each_other() -> bytes:
    return pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>", PAGE % (9, 9))


def pdf_of_forms_within_forms(depth: int = 12) -> bytes:
    """Each form draws the next one ten times."""
    more = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do " * 10, more % (6 + n)) for n in range(depth)]
    last = stream(b"0 0 99 99 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]")
    return pdf(
        CATALOG,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE % (999, 999),
        stream(b"/X Do"),
        *forms,
        last,
    )


def pdf_of_a_deflated_content() -> bytes:
    content = stream(zeros(900 * 2**20), b"/Filter /FlateDecode")
    return pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE % (99, 99), content)


BOMBS: list[Callable[[], bytes]] = [
    png_of_144_megapixels, png_larger_than_its_size, png_with_a_text_of_400_megabytes,
    png_with_a_profile_of_400_megabytes, png_with_20_000_texts, png_with_an_exif_block_of_100_megabytes,
    png_with_sixteen_bits, jpeg_with_10_000_exif_entries, jpeg_of_many_scans, jpeg_of_90_scans,
    gif_of_1_000_frames,
    webp_of_1_000_frames, gif_of_a_huge_screen,
    tiff_of_a_deflated_strip, tiff_in_a_circle, tiff_of_60_000_pages,
    tiff_of_a_huge_strip_count, heic_of_absurd_size, heic_of_a_grown_size, avif_of_absurd_size,
    pdf_of_a_million_pages, pdf_of_a_huge_page, pdf_that_draws_itself, pdf_whose_pages_hold_each_other,
    pdf_of_forms_within_forms, pdf_of_a_deflated_content,
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_ends_in_words_and_in_time(
    bomb: Callable[[], bytes],
    app: Flask,
    settings: Settings,
    make_image: Callable[..., Image],
) -> None:
    content = bomb()
    begun = time.monotonic()
    try:
        image = make_image(content, process=True)
    except GalleryError as error:
        said = f"refused: {error}"
    else:
        said = image.processing_error or "processed"
        assert image.processed == (image.processing_error is None)
        with app.app_context():
            assert (
                db.session.get_one(Image, image.number).processing_error
                != "The picture could not be processed."
            )
    took_s = time.monotonic() - begun
    print(f"{bomb.__name__}: {len(content):,} bytes, {took_s:.1f} s: {said}")
    assert took_s < 3 * TIMEOUT_S
    assert said == "processed" or said.endswith(".")
    assert make_image(drawn_jpeg(), process=True).processed


def test_what_takes_too_long_is_given_up_and_said(
    app: Flask, settings: Settings, make_image: Callable[..., Image]
) -> None:
    image = make_image(png_with_sixteen_bits())
    begun = time.monotonic()
    with app.app_context():
        processing.process(image.number, replace(settings, decode_timeout_s=1))
        processed = db.session.get_one(Image, image.number)
        assert (processed.processed, processed.processing_error) == (False, TOO_LONG)
    assert time.monotonic() - begun < TIMEOUT_S
    assert make_image(drawn_jpeg(), process=True).processed


def test_the_worker_itself_stays_small(make_image: Callable[..., Image]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    make_image(png_of_144_megapixels(), process=True)
    make_image(pdf_of_a_deflated_content(), process=True)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
