"""A number for what a picture looks like: nearly the same after it was compressed again or made smaller."""

import math
from operator import mul

import pyvips

_SIDE_PX, _LOW = 32, 8
_WAVES = [
    [math.cos(math.pi * wave * (2 * at + 1) / (2 * _SIDE_PX)) for at in range(_SIDE_PX)]
    for wave in range(_LOW)
]
"""The first rows of the discrete cosine transform (DCT-II)."""
LEAST_CONTRAST = 1_000
"""Of a picture whose greys lie 2 of 255 around their mean: below, its waves are noise."""


def fingerprint_of(picture: pyvips.Image) -> int | None:
    """64 bits, each whether a slow wave of grey is stronger than most; None: there is next to nothing on it.

    (pHash: Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010, section 3.2.)
    A picture that was cropped, turned or mirrored has another. A signed number, as databases keep 64 bits.
    """
    small = picture.thumbnail_image(_SIDE_PX, height=_SIDE_PX, size="force", no_rotate=True)
    greys: bytes = small.colourspace("b-w").write_to_memory()
    rows = [greys[at : at + _SIDE_PX] for at in range(0, len(greys), _SIDE_PX)]
    across = [[sum(map(mul, wave, row)) for row in rows] for wave in _WAVES]
    waves = [sum(map(mul, down, column)) for column in across for down in _WAVES]
    changing = waves[1:]  # the first is the brightness of it all
    if math.hypot(*changing) < LEAST_CONTRAST:
        return None
    middle = sorted(changing)[len(changing) // 2]
    bits: int = sum((wave > middle) << at for at, wave in enumerate(waves))
    return bits - (1 << 64) if bits >> 63 else bits
