import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.errors import UnsupportedFile
from gallery.media.format import Format, sniff

FTYP = b"\x00\x00\x00\x18ftyp"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0", Format.JPG),
        (b"\x89PNG\r\n\x1a\n", Format.PNG),
        (b"GIF89a", Format.GIF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Format.WEBP),
        (b"II*\x00\x08\x00\x00\x00", Format.TIFF),
        (b"MM\x00+\x00\x08\x00\x00", Format.TIFF),
        (FTYP + b"heic\x00\x00\x00\x00mif1heic", Format.HEIC),
        (FTYP + b"mif1\x00\x00\x00\x00mif1avif", Format.AVIF),
        (FTYP + b"avif\x00\x00\x00\x00mif1miaf", Format.AVIF),
        (b"%PDF-1.7", Format.PDF),
        (b"\r\n%PDF-1.4", Format.PDF),
    ],
)
def test_a_file_is_what_its_first_bytes_are(head: bytes, expected: Format) -> None:
    assert sniff(head) is expected


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"", "empty"),
        (b'<?xml version="1.0"?><svg xmlns="">', "SVG"),
        (b"\xef\xbb\xbf <svg/>", "SVG"),
        (b"<!DOCTYPE html><p>%PDF-1.7", "HTML"),
        (b"BM\x00\x01\x00\x00\x00\x00\x00\x00", "BMP"),
        (b"8BPS\x00\x01", "Photoshop"),
        (b"PK\x03\x04", "ZIP"),
        (FTYP + b"isom", "video"),
        (FTYP + b"qt  ", "video"),
        (FTYP + b"crx ", "camera raw"),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", "camera raw"),
        (
            b"II*\x00\x08\x00\x00\x00\x01\x00\x12\xc6\x01\x00\x04\x00\x00\x00\x01\x04\x00\x00\x00\x00\x00\x00",
            "raw",
        ),
        (b"hello", "not a picture format that we keep"),
    ],
)
def test_a_refused_file_is_named(head: bytes, named: str) -> None:
    with pytest.raises(UnsupportedFile, match=named):
        sniff(head)


@given(st.binary(max_size=5000))
def test_sniffing_any_bytes_gives_a_format_or_unsupported_file(head: bytes) -> None:
    with contextlib.suppress(UnsupportedFile):
        assert sniff(head) in Format
