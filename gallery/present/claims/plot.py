"""Claims drawn to scale, north up: points, their radii, and a bar that says how long a kilometre is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gallery.language import Phrases, later
from gallery.location.position import offset_m
from gallery.models.claim import Claim, Source
from gallery.present import words

WIDTH, HEIGHT = 400, 190
MARGIN = 34
SMALLEST_M = 20.0
"""Metres across at least: points on one spot are one spot."""
LABELS = Phrases(
    {Source.EXIF: later("EXIF"), Source.HTML: later("Browser"), Source.MANUAL: later("Reviewer")}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim, in units of the drawing from its upper left corner."""

    x: float
    y: float
    radius: float
    """0: the source gave none."""
    label: str
    label_y: float
    is_believed: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing."""

    marks: list[Mark]
    bar: float
    """Length of the bar."""
    bar_words: str
    width: int = WIDTH
    height: int = HEIGHT


def plot(claims: Sequence[Claim], chosen: Claim | None) -> Plot | None:
    """The drawing of two points or more; claims of a region are not to be among them."""
    if len(claims) < 2:
        return None
    points = [offset_m(claims[0].position, claim.position) for claim in claims]
    radii = [claim.accuracy_m or 0.0 for claim in claims]
    west = min(x - r for (x, _), r in zip(points, radii, strict=True))
    east = max(x + r for (x, _), r in zip(points, radii, strict=True))
    south = min(y - r for (_, y), r in zip(points, radii, strict=True))
    north = max(y + r for (_, y), r in zip(points, radii, strict=True))
    scale = min(
        (WIDTH - 2 * MARGIN) / max(east - west, SMALLEST_M),
        (HEIGHT - 2 * MARGIN) / max(north - south, SMALLEST_M),
    )
    middle = ((west + east) / 2, (south + north) / 2)
    marks = [
        _mark(claim, point, middle, scale, nth, claim is chosen)
        for nth, (claim, point) in enumerate(zip(claims, points, strict=True))
    ]
    bar_m = _round_length(80 / scale)
    return Plot(marks, round(bar_m * scale, 1), words.distance(bar_m).replace(".0", ""))


def _mark(
    claim: Claim,
    point: tuple[float, float],
    middle: tuple[float, float],
    scale: float,
    nth: int,
    is_believed: bool,
) -> Mark:
    x, y = WIDTH / 2 + (point[0] - middle[0]) * scale, HEIGHT / 2 - (point[1] - middle[1]) * scale
    return Mark(
        x=round(x, 1),
        y=round(y, 1),
        radius=round((claim.accuracy_m or 0.0) * scale, 1),
        label=LABELS[claim.source],
        label_y=round(y + (-12, 22, 36)[nth], 1),
        is_believed=is_believed,
    )


def _round_length(metres: float) -> float:
    """The longest of 1, 2 and 5 times a power of ten that is not longer."""
    power = 10.0 ** math.floor(math.log10(metres))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= metres)
