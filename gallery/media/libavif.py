"""AVIF pixels straight into our own memory, by the libavif that Pillow's wheel brings along.

Pillow holds every pixel three times while it loads, and whatever makes RGB of all pixels takes 72 MB for 24
megapixels. Here the planes are used where the decoder left them, and are shrunk before they become RGB.
Names and layouts are those of avif/avif.h as of version 1, whose library is numbered 16.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import PIL
import pyvips

_PATTERN = "libavif-*.so.16.*"
_RGB, _RGBA = 0, 1
"""Of avifRGBFormat, by the number of bands below."""
_FORMATS = {3: _RGB, 4: _RGBA}
_WHOLE = 1
"""AVIF_PIXEL_FORMAT_YUV444: chroma has as many samples as luma."""
_HALVED = {_WHOLE: (0, 0), 2: (1, 0), 3: (1, 1)}
"""By avifPixelFormat, whether chroma has half as many samples (across, down)."""
_SPARE_BYTES = 256


class Pixels(NamedTuple):
    """Not turned, row after row."""

    width_px: int
    height_px: int
    kind: str
    """`uchar`, or `ushort` of 16 bits."""
    content: bytearray


class _Image(ctypes.Structure):
    """The beginning of avifImage."""

    _fields_ = (
        ("width", ctypes.c_uint32),
        ("height", ctypes.c_uint32),
        ("depth", ctypes.c_uint32),
        ("yuv_format", ctypes.c_int),
        ("yuv_range", ctypes.c_int),
        ("chroma_position", ctypes.c_int),
        ("planes", ctypes.c_void_p * 3),
        ("row_bytes", ctypes.c_uint32 * 3),
        ("owns_planes", ctypes.c_int),
    )


class _Decoder(ctypes.Structure):
    """The beginning of avifDecoder."""

    _fields_ = (("settings", ctypes.c_uint32 * 11), ("image", ctypes.POINTER(_Image)))


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


def avif_pixels(
    content: bytes, size_px: tuple[int, int], bands: int, box_px: int | None = None, *, most_bits: int = 8
) -> Pixels | None:
    """The picture in 3 bands or 4; in 3 limited to `box_px` on its longer side. What has more than 8 bits
    comes in 16 where so many are wanted.

    None where this library is not there, refuses the file, or finds another size than (width, height).
    """
    library = _library()
    if library is None or bands not in _FORMATS:
        return None
    with _decoded(library, content) as image:
        if image is None or (image.contents.width, image.contents.height) != size_px:
            return None
        if bands == 4 or box_px is None or max(size_px) <= box_px:  # what is clear must not be mixed in
            return _rgb(library, image, bands, most_bits)
        small, _planes = _shrunk(library, image, box_px)
    try:
        return _rgb(library, small, bands, most_bits)
    finally:
        library.avifImageDestroy(small)


@contextmanager
def _decoded(library: ctypes.CDLL, content: bytes) -> Iterator[Any]:
    """A pointer to the first picture, whose planes are the decoder's; None where it is refused."""
    decoder = library.avifDecoderCreate()
    try:
        failed = (
            library.avifDecoderSetIOMemory(decoder, content, len(content))
            or library.avifDecoderParse(decoder)
            or library.avifDecoderNextImage(decoder)
        )
        yield None if failed else decoder.contents.image
    finally:
        library.avifDecoderDestroy(decoder)


def _shrunk(library: ctypes.CDLL, image: Any, box_px: int) -> tuple[Any, list[Any]]:
    """Another picture, with whole chroma, and the memory that its planes are in, to be held as long."""
    small, planes = library.avifImageCreateEmpty(), []
    library.avifImageCopy(small, image, 0)  # all but the planes
    source, target = image.contents, small.contents
    scale = box_px / max(source.width, source.height)
    target.width, target.height = (max(1, round(side * scale)) for side in (source.width, source.height))
    if source.yuv_format in _HALVED:
        target.yuv_format = _WHOLE
    for number, address in enumerate(source.planes):
        if address:
            plane = _plane(source, number)
            across, down = target.width / plane.width, target.height / plane.height
            shrunk = plane.resize(across, vscale=down).clamp(max=2**source.depth - 1).cast(plane.format)
            samples = shrunk.write_to_memory()
            planes.append(samples)
            target.planes[number] = _address(samples)
            target.row_bytes[number] = len(samples) // target.height
    return small, planes


def _plane(image: Any, number: int) -> pyvips.Image:
    """Where it lies in memory; 16 bit where there are more than 8."""
    halved = _HALVED[image.yuv_format] if number else (0, 0)
    width_px, height_px = (
        side + half >> half for side, half in zip((image.width, image.height), halved, strict=True)
    )
    kind, sample_bytes = ("ushort", 2) if image.depth > 8 else ("uchar", 1)
    stride = image.row_bytes[number]
    memory = (ctypes.c_char * (stride * height_px)).from_address(image.planes[number])
    rows = pyvips.Image.new_from_memory(memory, stride // sample_bytes, height_px, 1, kind)
    return rows.crop(0, 0, width_px, height_px)


def _rgb(library: ctypes.CDLL, image: Any, bands: int, most_bits: int) -> Pixels | None:
    rgb = _RgbImage()
    library.avifRGBImageSetDefaults(ctypes.byref(rgb), image)
    kind, rgb.depth = ("uchar", 8) if min(rgb.depth, most_bits) == 8 else ("ushort", 16)
    rgb.format, rgb.row_bytes = _FORMATS[bands], rgb.width * bands * rgb.depth // 8
    rgb.ignore_alpha = bands == 3
    pixels = bytearray(rgb.row_bytes * rgb.height)
    rgb.pixels = _address(pixels)
    failed = library.avifImageYUVToRGB(image, ctypes.byref(rgb))
    return None if failed else Pixels(rgb.width, rgb.height, kind, pixels)


def _address(memory: Any) -> int:
    return ctypes.addressof((ctypes.c_char * len(memory)).from_buffer(memory))


@cache
def _library() -> ctypes.CDLL | None:
    """Beside the package of Pillow's wheels for Linux; elsewhere there is none."""
    found = next(Path(PIL.__file__).parents[1].glob(f"pillow.libs/{_PATTERN}"), None)
    if found is None:
        return None
    library, image, decoder = ctypes.CDLL(str(found)), ctypes.POINTER(_Image), ctypes.POINTER(_Decoder)
    library.avifDecoderCreate.restype, library.avifImageCreateEmpty.restype = decoder, image
    library.avifDecoderSetIOMemory.argtypes = (decoder, ctypes.c_char_p, ctypes.c_size_t)
    library.avifImageCopy.argtypes = (image, image, ctypes.c_uint32)
    library.avifRGBImageSetDefaults.argtypes = (ctypes.c_void_p, image)
    library.avifImageYUVToRGB.argtypes = (image, ctypes.c_void_p)
    library.avifImageDestroy.argtypes = (image,)
    for function in (library.avifDecoderParse, library.avifDecoderNextImage, library.avifDecoderDestroy):
        function.argtypes = (decoder,)
    return library
