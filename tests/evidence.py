"""Files that say where they were taken in every way that a file can, drawn on the spot."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

from tests.drawing import drawn_jpeg

AT = (59.308431, 18.075124)
WORD = b"Stora Essingen 12"
"""Stands in every block that could name the place."""
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def told_by(content: bytes) -> list[str]:
    """What of the place the bytes still tell."""
    degrees = [struct.pack(f"{order}II", number, 1) for order in "<>" for number in (59, 18)]
    signs = {"the word": WORD, "XMP": b"ns.adobe.com", "IPTC": b"Photoshop 3.0", "MPF": b"MPF\0"}
    signs |= {"GPS": b"\x88\x25\0\x04", "GPS, little": b"\x25\x88\x04\0", "a serial number": b"SN-4711"}
    found = [name for name, sign in signs.items() if sign in content]
    return found + ["degrees" for sign in degrees if sign in content]


def exif_block(orientation: int = 6) -> bytes:
    """EXIF with a position, an address, a serial number and which side is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x010F] = orientation, WORD.decode(), "Maker"
    exif[0xC62F] = exif[0xA431] = "SN-4711"
    exif.get_ifd(0x8769).update({0x9003: "2026:02:03 09:41:07", 0x9011: "+01:00", 0xA431: "SN-4711"})
    gps = {1: "N", 2: (59.0, 18.0, 30.3516), 3: "E", 4: (18.0, 4.0, 30.4464), 0x1B: WORD}
    exif.get_ifd(0x8825).update(gps)
    return exif.tobytes()


def telling_jpeg(
    orientation: int = 6, size: tuple[int, int] = (80, 40), *, progressive: bool = False
) -> bytes:
    """A JPEG with EXIF, XMP, IPTC, a comment, FlashPix, MPF and a whole second picture behind its end."""
    plain = Image.open(BytesIO(drawn_jpeg(size=size)))
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=92, icc_profile=ICC, progressive=progressive)
    content = buffer.getvalue()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta photoshop:City='" + WORD + b"'/>"
    blocks = (
        (0xE1, exif_block(orientation)),
        (0xE1, xmp),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x16\x1c\x02\x5a\0\x11" + WORD),
        (0xE2, b"MPF\0MM\0*" + WORD),
        (0xE2, b"FPXR\0" + WORD),
        (0xE0, b"JFXX\0\x10" + WORD),
        (0xEB, b"JP\0\0" + WORD),
        (0xFE, WORD),
    )
    written = b"".join(struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in blocks)
    trailing = content[:2] + written + content[2:] + WORD
    return content[:20] + written + content[20:] + trailing


def telling_png() -> bytes:
    """A PNG with EXIF, XMP, texts, a private chunk, a time, and words behind its end."""
    buffer = BytesIO()
    Image.open(BytesIO(drawn_jpeg())).save(buffer, "PNG", icc_profile=ICC)
    content = buffer.getvalue()
    extra = (
        (b"eXIf", exif_block()[6:]),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0http://ns.adobe.com/" + WORD),
        (b"tEXt", b"Comment\0" + WORD),
        (b"zTXt", b"Comment\0\0" + zlib.compress(WORD)),
        (b"plAc", WORD),
    )
    written = b"".join(_png_chunk(kind, body) for kind, body in extra)
    return content[:33] + written + content[33:] + WORD


def telling_webp() -> bytes:
    """A WebP with EXIF, XMP, an unknown chunk, and words behind its end."""
    buffer = BytesIO()
    xmp = b"<x:xmpmeta xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>" + WORD + b"</x:xmpmeta>"
    Image.open(BytesIO(drawn_jpeg())).save(
        buffer, "WEBP", lossless=True, icc_profile=ICC, exif=exif_block(), xmp=xmp
    )
    content = buffer.getvalue() + b"plAc" + struct.pack("<I", len(WORD)) + WORD + b"\0"
    return content[:4] + struct.pack("<I", len(content) - 8) + content[8:] + WORD


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))
