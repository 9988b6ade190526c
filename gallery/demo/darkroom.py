"""From a drawn canvas to a photograph's pixels: lens, light and film."""

from functools import cache

import pyvips

from gallery.demo.canvas import Canvas
from gallery.demo.texture import film_grain

_BLOOM_SHRINK = 8
_EXPOSURE = 1.06


def develop(canvas: Canvas, scale: float = 1.0) -> pyvips.Image:
    """Eight-bit sRGB without alpha, `scale` pixels a drawing unit."""
    picture = _rasterised(canvas.svg())
    if canvas.focus:
        picture = _with_shallow_focus(picture, *canvas.focus)
    if scale != 1:  # the drawing's textures are pixels, and quick only at their own size
        picture = picture.resize(scale).copy_memory()
    picture = _with_bloom(picture, canvas.bloom)
    light = picture * (_vignette(picture.width, picture.height, canvas.vignette) * _EXPOSURE)
    return (light + _grain(canvas, light)).cast("uchar").copy(interpretation="srgb")


def _grain(canvas: Canvas, light: pyvips.Image) -> pyvips.Image:
    offset = {"x": canvas.rng.randrange(1024), "y": canvas.rng.randrange(1024)}
    tile = (film_grain() * canvas.grain).wrap(**offset).copy_memory()
    repeated = tile.replicate(1 + light.width // 1024, 1 + light.height // 1024)
    return repeated.crop(0, 0, light.width, light.height)


def _rasterised(svg: bytes) -> pyvips.Image:
    """SVG is a format a server rightly refuses: our own drawing is let in, then the door is shut again."""
    pyvips.operation_block_set("VipsForeignLoadSvg", False)
    try:
        drawn = pyvips.Image.svgload_buffer(svg, unlimited=True)
    finally:
        pyvips.operation_block_set("VipsForeignLoadSvg", True)
    return drawn.flatten(background=[128, 128, 128]).copy_memory()


def _with_shallow_focus(picture: pyvips.Image, height: float, spread: float) -> pyvips.Image:
    small = picture.shrink(4, 4).gaussblur(max(1.2, picture.height / 4 * 0.005))
    soft = small.resize(picture.width / small.width, vscale=picture.height / small.height, kernel="linear")
    rows = pyvips.Image.xyz(1, picture.height)[1] / picture.height
    away = ((rows - height).abs() / spread - 0.35) * 255
    mask = away.cast("uchar").resize(picture.width, vscale=1, kernel="nearest")
    return mask.ifthenelse(soft, picture, blend=True).copy_memory()


def _with_bloom(picture: pyvips.Image, strength: float) -> pyvips.Image:
    """Bright places shine a little over their edges."""
    small = picture.shrink(_BLOOM_SHRINK, _BLOOM_SHRINK)
    bright = ((small - 150) * 1.6).cast("uchar").gaussblur(picture.height / _BLOOM_SHRINK * 0.022)
    shine = (bright * (255 - small) * (strength / 255)).cast("uchar").copy_memory()
    size = (picture.width / shine.width, picture.height / shine.height)
    return picture + shine.resize(size[0], vscale=size[1], kernel="linear")


@cache
def _vignette(width: int, height: int, strength: float) -> pyvips.Image:
    """Falls off with the square of the distance from the centre, as lenses do."""
    place = pyvips.Image.xyz(width // 8 + 1, height // 8 + 1)
    x = place[0] * 16 / width - 1
    y = place[1] * 16 / height - 1
    dim = 1 - (x * x + y * y) * strength * 0.5
    return dim.cast("float").resize(8, kernel="linear").crop(0, 0, width, height).copy_memory()
