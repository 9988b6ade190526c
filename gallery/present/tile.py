"""One image as a picture on a page: its state, its sizes, its sources."""

from dataclasses import dataclass
from enum import StrEnum

from gallery.models.image import Image
from gallery.present.links import PictureLinks

NARROWEST, WIDEST = 0.4, 3.6
"""Limits of the ratio that a tile is laid out with; a picture beyond them is shown whole inside its tile."""


class State(StrEnum):
    """Whether there is a picture to show."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tile:
    """What a thumbnail needs."""

    id: str
    label: str
    state: State
    error: str | None
    colour: str
    ratio: float
    """Width over height, two digits."""
    is_long: bool
    """The picture is narrower or wider than the tile."""
    source: str
    source_set: str
    is_placed: bool
    frames: int
    """Of an animation, whose first is shown; 1: it is none."""

    @property
    def ratio_classes(self) -> str:
        """The ratio's digits as class names, because the page's policy lets no element carry a style."""
        hundredths = round(self.ratio * 100)
        return f"w{hundredths // 100} t{hundredths // 10 % 10} h{hundredths % 10}"


def tile(image: Image, links: PictureLinks) -> Tile:
    """The tile of an image."""
    width, height = image.shown_size_px
    exact = width / height if width and height else 1.0
    ratio = min(max(exact, NARROWEST), WIDEST)
    state = state_of(image)
    ready = state is State.READY
    return Tile(
        id=image.id,
        label=image.label,
        state=state,
        error=image.processing_error,
        colour=image.colour,
        ratio=round(ratio, 2),
        is_long=ratio != exact,
        source=links.shown(image, "c_fit,w_640") if ready else "",
        source_set=source_set(image, links) if ready else "",
        is_placed=image.map_key is not None,
        frames=frames_of(image),
    )


def state_of(image: Image) -> State:
    """Ready once processed; failed when an error was noted."""
    if image.processed:
        return State.READY
    return State.WAITING if image.processing_error is None else State.FAILED


def frames_of(image: Image) -> int:
    """As counted at upload; 1 of a record that came without."""
    frames = image.infos.get("frames")
    return frames if isinstance(frames, int) else 1


def source_set(image: Image, links: PictureLinks) -> str:
    """The sizes that a browser may choose from, none larger than the picture but the first."""
    width, height = image.shown_size_px
    full_scale = min(1.0, 1920 / max(width, height, 1))
    steps = {
        min(300, width): "c_fit,w_300",
        min(640, width): "c_fit,w_640",
        round(width * full_scale): "c_fit,h_1920,w_1920",
    }
    return ", ".join(f"{links.shown(image, step)} {px}w" for px, step in sorted(steps.items()) if px)
