"""One image as a picture on a page: its state, its sizes, its sources."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gallery.present.links import PictureLinks, Shown
from gallery.present.shown_image import ShownImage

WIDTHS_PX = (300, 450, 900)
SMALL, USUAL, *_ = STEPS = (*(f"c_fit,f_auto,w_{width}" for width in WIDTHS_PX), "c_fit,h_1920,w_1920")
"""What a browser may choose from: for tiles on phones and on desks, for pages on phones, and all there is.
This is a JPEG, because it is there already; the others come in the smallest format that the browser reads."""
GROWTH = 1.1
"""A row of tiles is stretched by about so much, until it is filled."""
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
NARROWEST, WIDEST = 0.4, 3.6
"""Limits of the ratio that a tile is laid out with; a picture beyond them is shown whole inside its tile."""


class State(StrEnum):
    """Whether there is a picture to show."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


class Tile(NamedTuple):
    """What a thumbnail needs."""

    id: str
    label: str
    state: State
    error: str | None
    colour: str
    ratio: float
    """Width over height, two digits."""
    width_px: int
    height_px: int
    """Of what is shown; at least 1."""
    is_long: bool
    """The picture is narrower or wider than the tile."""
    source: str
    source_set: str
    is_placed: bool
    frames: int
    """Of an animation, whose first is shown; 1: it is none."""

    @property
    def ratio_classes(self) -> str:
        """The ratio as class names."""
        return ratio_classes(self.ratio)

    def wide_px(self, row_px: int) -> int:
        """About how wide it is in a row of that height."""
        return round(self.ratio * row_px * GROWTH)


def ratio_classes(ratio: float) -> str:
    """The digits of a ratio as class names, because the page's policy lets no element carry a style."""
    hundredths = round(ratio * 100)
    return f"w{hundredths // 100} t{hundredths // 10 % 10} h{hundredths % 10}"


def layout_ratio(size_px: tuple[int, int]) -> float:
    """Width over height that a picture is laid out with."""
    width, height = size_px
    return min(max(width / height if width and height else 1.0, NARROWEST), WIDEST)


def tile(image: Shown, links: PictureLinks) -> Tile:
    """The tile of an image."""
    size_px = width, height = image.shown_size_px
    ratio, state = layout_ratio(size_px), state_of(image)
    source, widths = _sources(image, size_px, links) if state is State.READY else ("", "")
    return Tile(
        id=image.id,
        label=image.label,
        state=state,
        error=image.processing_error,
        colour=image.colour,
        ratio=round(ratio, 2),
        width_px=max(width, 1),
        height_px=max(height, 1),
        is_long=bool(width and height) and ratio != width / height,
        source=source,
        source_set=widths,
        is_placed=image.map_key is not None,
        frames=frames_of(image),
    )


def state_of(image: Shown) -> State:
    """Ready once processed; failed when an error was noted."""
    if image.processed:
        return State.READY
    return State.WAITING if image.processing_error is None else State.FAILED


def frames_of(image: Shown) -> int:
    """As counted at upload; 1 of a record that came without, or with something else there."""
    counted = str(
        image.frames_counted if isinstance(image, ShownImage) else (image.infos or {}).get("frames")
    )
    return int(counted) if _NUMBER.fullmatch(counted) else 1


def source_set(image: Shown, links: PictureLinks) -> str:
    """The sizes that a browser may choose from, none larger than the picture but the first."""
    return _sources(image, image.shown_size_px, links)[1]


def _sources(image: Shown, size_px: tuple[int, int], links: PictureLinks) -> tuple[str, str]:
    """One for browsers that do not choose, and those sizes."""
    return _chosen_from(links.shown_as(image, STEPS), size_px)


@lru_cache(maxsize=5_000)
def _chosen_from(links: tuple[str, ...], size_px: tuple[int, int]) -> tuple[str, str]:
    width, height = size_px
    full_scale = min(1.0, 1920 / max(width, height, 1))
    *smaller, full = links
    sizes = {min(px, width): link for px, link in zip(WIDTHS_PX, smaller, strict=True)}
    sizes[round(width * full_scale)] = full
    return smaller[1], ", ".join(f"{link} {px}w" for px, link in sorted(sizes.items()) if px)
