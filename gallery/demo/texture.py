"""Tiles of noise that give drawn surfaces a grain: made once, repeated without a seam."""

from base64 import b64encode
from functools import cache
from io import BytesIO

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image

TILE_PX = 512
KINDS = {"mottle": 1.7, "plaster": 1.05, "speckle": 0.35}
"""How fast each texture's spectrum falls with frequency: higher is softer."""

_FEW_LEVELS = [level & 0xF0 for level in range(256)]
"""Fewer levels make a smaller file, and the film's grain hides the steps."""


@cache
def tile_data_uri(kind: str, white: bool, width_px: int, height_px: int) -> str:
    """A PNG of this size whose alpha is the noise and whose colour is black or white all over."""
    alpha = _tile(kind).resize((width_px, height_px), Image.Resampling.BICUBIC)
    alpha = alpha.point(_FEW_LEVELS)
    ink = Image.new("L", alpha.size, 255 if white else 0)
    png = BytesIO()
    Image.merge("LA", (ink, alpha)).save(png, "PNG", compress_level=1)
    return "data:image/png;base64," + b64encode(png.getvalue()).decode()


@cache
def _tile(kind: str) -> Image.Image:
    noise = _noise(KINDS[kind])
    return Image.fromarray(np.clip(38 + noise * 48, 0, 255).astype(np.uint8))


@cache
def film_grain() -> pyvips.Image:
    """Noise of mean 0 and deviation 1, a little softer than a pixel, 1024 square."""
    sharp = pyvips.Image.gaussnoise(1024, 1024, mean=0, sigma=1.7, seed=35)
    return sharp.gaussblur(0.7).copy_memory()


def _noise(fall: float) -> NDArray[np.float64]:
    """Fractal noise by shaping a spectrum, which makes the tile's edges meet."""
    white = np.random.default_rng(round(fall * 100)).standard_normal((TILE_PX, TILE_PX))
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(TILE_PX), np.fft.fftfreq(TILE_PX)))
    frequency[0, 0] = np.inf
    shaped = np.fft.ifft2(np.fft.fft2(white) / frequency**fall).real
    return np.asarray(shaped / shaped.std(), dtype=np.float64)
