"""The one colour that stands for a picture while it loads."""

import pyvips
from PIL import Image

_SAMPLE_PX = 48
_CLUSTERS = 8


def dominant_colour(image: pyvips.Image) -> str:
    """`#RRGGBB`, upper case, of an 8-bit sRGB picture: the mean of its weightiest cluster of colours.

    Saturated clusters weigh up to twice their pixels: the eye names a picture by colours before greys.
    """
    sample = image.thumbnail_image(_SAMPLE_PX, height=_SAMPLE_PX, size="force")
    pixels = Image.frombytes("RGB", (sample.width, sample.height), sample.write_to_memory())
    clusters = pixels.quantize(_CLUSTERS, method=Image.Quantize.MEDIANCUT, kmeans=1)
    palette = clusters.getpalette() or []
    counts = clusters.histogram()[: len(palette) // 3]
    colours = [tuple(palette[at * 3 : at * 3 + 3]) for at in range(len(counts))]
    _, winner = max((count * _weight(colour), colour) for count, colour in zip(counts, colours, strict=True))
    return "#{:02X}{:02X}{:02X}".format(*winner)


def _weight(colour: tuple[int, ...]) -> float:
    return 1 + (max(colour) - min(colour)) / 255
