"""What a file is, judged by its first bytes and never by its name."""

from enum import StrEnum

from gallery.errors import UnsupportedFile
from gallery.media.refusal import known_refusal


class Format(StrEnum):
    """The formats that the gallery keeps; the value is also the file extension of a download."""

    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    TIFF = "tiff"
    HEIC = "heic"
    AVIF = "avif"
    PDF = "pdf"

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]


HEAD_BYTES = 4096
"""As much of a file's beginning as `sniff` looks at."""

_CONTENT_TYPES = {
    Format.JPG: "image/jpeg",
    Format.PNG: "image/png",
    Format.WEBP: "image/webp",
    Format.GIF: "image/gif",
    Format.TIFF: "image/tiff",
    Format.HEIC: "image/heic",
    Format.AVIF: "image/avif",
    Format.PDF: "application/pdf",
}
_MAGIC = (
    (b"\xff\xd8\xff", Format.JPG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"II+\x00", Format.TIFF),  # BigTIFF
    (b"MM\x00+", Format.TIFF),
)
_HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"mif1", b"mif2", b"msf1", b"miaf"}


def sniff(head: bytes) -> Format:
    """Name the format of a file from its first `HEAD_BYTES` bytes (fewer only if the file is shorter).

    Raises `UnsupportedFile` with a sentence that names what the file is, where that is known.
    """
    head = head[:HEAD_BYTES]
    refused = known_refusal(head)
    if refused is not None:
        raise UnsupportedFile(refused)
    for magic, kept in _MAGIC:
        if head.startswith(magic):
            return kept
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head[4:8] == b"ftyp":
        return _sniff_heif(head)
    if b"%PDF-" in head[:1024]:  # readers allow some bytes in front (ISO 32000-1, Annex H.3, note 13)
        return Format.PDF
    raise UnsupportedFile(
        "This is not a picture format that we keep: JPEG, PNG, WebP, GIF, TIFF, HEIC, AVIF or PDF."
    )


def _sniff_heif(head: bytes) -> Format:
    """Tell the pictures among ISO base media files by their brands (ISO/IEC 23008-12, section 10)."""
    box_bytes = int.from_bytes(head[:4], "big")
    major = head[8:12]
    brands = {major} | {head[at : at + 4] for at in range(16, min(box_bytes, len(head)), 4)}
    if major in _AVIF_BRANDS or (major in _HEIF_BRANDS and brands & _AVIF_BRANDS):
        return Format.AVIF
    if major in _HEVC_BRANDS or (major in _HEIF_BRANDS and brands & (_HEVC_BRANDS | _HEIF_BRANDS)):
        return Format.HEIC
    raise UnsupportedFile("This is a video or another media file; the gallery keeps still pictures and PDF.")
