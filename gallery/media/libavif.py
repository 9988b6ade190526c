"""AVIF pixels straight into our own memory, by the libavif that Pillow's wheel brings along.

Pillow holds every pixel three times while it loads: 293 MB of memory for 24 megapixels, where this takes 170.
Names and layouts are those of avif/avif.h as of version 1, whose library is numbered 16.
"""

import ctypes
from functools import cache
from pathlib import Path

import PIL

_PATTERN = "libavif-*.so.16.*"
_RGB, _RGBA = 0, 1
"""Of avifRGBFormat, by the number of bands below."""
_FORMATS = {3: _RGB, 4: _RGBA}
_SPARE_BYTES = 256


class _RgbImage(ctypes.Structure):
    """avifRGBImage, and room for what later versions may append."""

    _fields_ = (
        ("width", ctypes.c_uint32),
        ("height", ctypes.c_uint32),
        ("depth", ctypes.c_uint32),
        ("format", ctypes.c_int),
        ("chroma_upsampling", ctypes.c_int),
        ("chroma_downsampling", ctypes.c_int),
        ("avoid_libyuv", ctypes.c_int),
        ("ignore_alpha", ctypes.c_int),
        ("alpha_premultiplied", ctypes.c_int),
        ("is_float", ctypes.c_int),
        ("max_threads", ctypes.c_int),
        ("pixels", ctypes.c_void_p),
        ("row_bytes", ctypes.c_uint32),
        ("spare", ctypes.c_char * _SPARE_BYTES),
    )


def avif_pixels(content: bytes, width_px: int, height_px: int, bands: int) -> bytearray | None:
    """The picture's pixels, 8 bit, 3 bands or 4, not turned, row after row; None where this library is not
    there, refuses the file, or finds another size."""
    library = _library()
    if library is None or bands not in _FORMATS:
        return None
    image = library.avifImageCreateEmpty()
    try:
        if not _read_into(library, image, content):
            return None
        rgb = _RgbImage()
        library.avifRGBImageSetDefaults(ctypes.byref(rgb), image)
        if (rgb.width, rgb.height) != (width_px, height_px):
            return None
        pixels = bytearray(width_px * height_px * bands)
        rgb.depth, rgb.format, rgb.row_bytes = 8, _FORMATS[bands], width_px * bands
        rgb.ignore_alpha = bands == 3
        rgb.pixels = ctypes.addressof((ctypes.c_char * len(pixels)).from_buffer(pixels))
        return None if library.avifImageYUVToRGB(image, ctypes.byref(rgb)) else pixels
    finally:
        library.avifImageDestroy(image)


def _read_into(library: ctypes.CDLL, image: int, content: bytes) -> bool:
    """Whether it could be decoded; the decoder, with its own copy of the picture, is gone afterwards."""
    decoder = library.avifDecoderCreate()
    failed = library.avifDecoderReadMemory(decoder, image, content, len(content))
    library.avifDecoderDestroy(decoder)
    return not failed


@cache
def _library() -> ctypes.CDLL | None:
    """Beside the package of Pillow's wheels for Linux; elsewhere there is none."""
    found = next(Path(PIL.__file__).parents[1].glob(f"pillow.libs/{_PATTERN}"), None)
    if found is None:
        return None
    library = ctypes.CDLL(str(found))
    for maker in (library.avifDecoderCreate, library.avifImageCreateEmpty):
        maker.restype = ctypes.c_void_p
    library.avifDecoderReadMemory.argtypes = (*[ctypes.c_void_p] * 2, ctypes.c_char_p, ctypes.c_size_t)
    library.avifRGBImageSetDefaults.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    library.avifImageYUVToRGB.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    for ender in (library.avifDecoderDestroy, library.avifImageDestroy):
        ender.argtypes = (ctypes.c_void_p,)
    return library
