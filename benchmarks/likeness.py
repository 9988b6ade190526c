"""How near a smaller picture comes to the best one that could have been made."""

from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Luma = NDArray[np.float64]


def reference(original: bytes, box_px: int) -> Luma:
    """Luma of the upright original decoded in full and reduced by Lanczos, not compressed again."""
    picture: Any = ImageOps.exif_transpose(Image.open(BytesIO(original))).convert("RGB")
    size = ImageOps.contain(Image.new("1", picture.size), (box_px, box_px)).size
    return _luma(picture.resize(size, Image.Resampling.LANCZOS))


def luma(jpeg: bytes, like: Luma) -> Luma:
    """Luma of a file, which may be off by a pixel in size from the rounding of its maker."""
    height, width = like.shape
    picture: Any = Image.open(BytesIO(jpeg))
    picture = picture.convert("RGB")
    return _luma(picture if picture.size == (width, height) else picture.resize((width, height)))


def ssim(one: Luma, other: Luma) -> float:
    """Structural similarity by Wang, Bovik, Sheikh and Simoncelli (2004): Gaussian window 11 × 11 of
    deviation 1.5, K1 = 0.01, K2 = 0.03, L = 255; the mean over every whole window. 1.0: the same."""
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_1, mean_2 = _smooth(one), _smooth(other)
    var_1, var_2 = _smooth(one * one) - mean_1**2, _smooth(other * other) - mean_2**2
    covariance = _smooth(one * other) - mean_1 * mean_2
    alike = (2 * mean_1 * mean_2 + c1) * (2 * covariance + c2)
    return float((alike / ((mean_1**2 + mean_2**2 + c1) * (var_1 + var_2 + c2))).mean())


def sharpness(picture: Luma) -> float:
    """Variance of the Laplacian of four neighbours."""
    inner = picture[1:-1, 1:-1]
    around = picture[:-2, 1:-1] + picture[2:, 1:-1] + picture[1:-1, :-2] + picture[1:-1, 2:]
    return float((around - 4 * inner).var())


def _luma(picture: Any) -> Luma:
    return np.asarray(picture.convert("L"), dtype=np.float64)


def _smooth(values: Luma) -> Luma:
    weights = np.exp(-(np.arange(-5, 6) ** 2) / (2 * 1.5**2))
    weights /= weights.sum()
    for axis in (0, 1):
        values = np.lib.stride_tricks.sliding_window_view(values, weights.size, axis) @ weights
    return values
