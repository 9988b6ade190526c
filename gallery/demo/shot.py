"""One row of the plan: what is drawn, in which form, and which claims of its place it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from gallery.demo.canvas import Canvas

Scene = Callable[[Canvas], None]
LANDSCAPE, UPRIGHT, SQUARE, PANORAMA = (2000, 1500), (1500, 2000), (1800, 1800), (3000, 1000)


class Claims(Enum):
    """Which claims a photograph comes with, and whether they hold."""

    AGREE = auto()
    AGREE_WITH_IP = auto()
    BROWSER_ONLY = auto()
    EXIF_ONLY = auto()
    IP_ONLY = auto()
    NONE = auto()
    IP_IN_NEW_YORK = auto()
    EXIF_40_KM_OFF = auto()
    EXIF_SIGN_SWAPPED = auto()


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    scene: Scene | None
    """None for the site report, which is not a photograph."""
    shape: tuple[int, int]
    tags: str
    title: str | None = None
    description: str | None = None
    claims: Claims = Claims.AGREE
    scale: float = 1.0
    orientation: int = 1
    damaged: bool = False
    has_exif: bool = True
