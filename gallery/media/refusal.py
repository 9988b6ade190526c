"""The formats that people do upload and that the gallery does not keep, each with its own sentence."""

from io import BytesIO
from itertools import islice

from gallery.media.ifd import Ifd, first_int, read_ifds

_KEPT = "the gallery keeps JPEG, PNG, WebP, GIF, TIFF, HEIC, AVIF and PDF."
_RAW = "This is a camera raw file; export it as JPEG or TIFF first."

_MAGIC = (
    (b"8BPS", f"This is a Photoshop document (PSD); {_KEPT}"),
    (b"PK\x03\x04", "This is a ZIP archive or an office document; upload the pictures in it one by one."),
    (b"Rar!\x1a\x07", "This is a RAR archive; upload the pictures in it one by one."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7-Zip archive; upload the pictures in it one by one."),
    (b"\x1f\x8b", "This is a gzip archive; upload the pictures in it one by one."),
    (b"\xff\x0a", f"This is a JPEG XL picture; {_KEPT}"),
    (b"\x00\x00\x00\x0cJXL ", f"This is a JPEG XL picture; {_KEPT}"),
    (b"\x00\x00\x00\x0cjP  ", f"This is a JPEG 2000 picture; {_KEPT}"),
    (b"\xff\x4f\xff\x51", f"This is a JPEG 2000 picture; {_KEPT}"),
    (b"II\xbc\x01", f"This is a JPEG XR picture; {_KEPT}"),
    (b"%!PS", f"This is a PostScript file; {_KEPT}"),
    (b"\x00\x00\x01\x00", f"This is a Windows icon; {_KEPT}"),
    (b"\x1a\x45\xdf\xa3", "This is a video (Matroska or WebM); the gallery keeps still pictures and PDF."),
    (b"FUJIFILMCCD-RAW", _RAW),
    (b"IIU\x00", _RAW),  # Panasonic RW2
    (b"IIRO", _RAW),  # Olympus ORF
    (b"IIRS", _RAW),
    (b"MMOR", _RAW),
    (b"FOVb", _RAW),  # Sigma X3F
    (b"\x00MRM", _RAW),  # Minolta MRW
    (b"II\x1a\x00\x00\x00HEAPCCDR", _RAW),  # Canon CRW
)
_VIDEO_BRANDS = (b"isom", b"iso", b"mp4", b"M4V", b"qt  ", b"avc1", b"3gp", b"3g2", b"dash", b"XAVC", b"MSNV")
_TIFF_MAGIC = (b"II*\x00", b"MM\x00*")
_SUBFILE_TYPE, _COMPRESSION, _PHOTOMETRIC = 0x00FE, 0x0103, 0x0106
_SUB_IFDS, _DNG_VERSION = 0x014A, 0xC612
_RAW_PHOTOMETRICS = (32803, 34892)
"""Colour filter array and linear raw (TIFF/EP, section 5.2.4; DNG 1.6, chapter 4)."""
_RAW_COMPRESSIONS = (32767, 32769, 32770, 34713, 65000, 65535)
"""Of ARW, ERF, SRW, NEF, DCR and PEF (exiftool's table of tag 0103)."""


def known_refusal(head: bytes) -> str | None:
    """Why a file that begins so is refused; None when it is not a known refusal."""
    if not head:
        return "This file is empty."
    for magic, sentence in _MAGIC:
        if head.startswith(magic):
            return sentence
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return f"This is a BMP picture; {_KEPT}"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "This is a video (AVI); the gallery keeps still pictures and PDF."
    return _media_refusal(head) or _raw_refusal(head) or _markup_refusal(head)


def is_camera_raw(first: Ifd) -> bool:
    """Whether a TIFF's first directory says that the picture proper is a raw one in a sub-directory.

    DNG says so with DNGVersion; NEF, ARW and their kin begin with a reduced picture and name sub-directories;
    PEF, DCR and their kin begin with the raw picture.
    """
    reduced = (first_int(first, _SUBFILE_TYPE) or 0) & 1
    is_raw = (
        first_int(first, _PHOTOMETRIC) in _RAW_PHOTOMETRICS
        or first_int(first, _COMPRESSION) in _RAW_COMPRESSIONS
    )
    return is_raw or _DNG_VERSION in first or bool(reduced and _SUB_IFDS in first)


def _media_refusal(head: bytes) -> str | None:
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return "This is a QuickTime video; the gallery keeps still pictures and PDF."
    if head[4:8] != b"ftyp":
        return None
    if head[8:12] == b"crx ":
        return _RAW
    if head[8:12].startswith(_VIDEO_BRANDS):
        return "This is a video (MP4 or MOV); the gallery keeps still pictures and PDF."
    return None


def _raw_refusal(head: bytes) -> str | None:
    """Raw files that look like TIFF; one whose first directory lies further in is met by `read_header`."""
    if not head.startswith(_TIFF_MAGIC):
        return None
    if head[8:10] == b"CR" or head[8:12] in (b"IIII", b"MMMM"):  # Canon, Phase One
        return _RAW
    if any(is_camera_raw(ifd) for ifd in islice(read_ifds(BytesIO(head)), 1)):
        return _RAW
    return None


def _markup_refusal(head: bytes) -> str | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "This is a web page (HTML), perhaps saved in place of the picture."
    if text.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")) and b"<svg" in text:
        return f"This is an SVG drawing; {_KEPT}"
    if text.startswith((b"<?xml", b"<")):
        return f"This is a text file with markup (XML or HTML); {_KEPT}"
    return None
