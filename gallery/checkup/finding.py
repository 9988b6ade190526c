"""What a checkup is asked to do, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from gallery.config import Settings


class Kind(StrEnum):
    """What is wrong."""

    MISSING_ORIGINAL = "missing-original"
    DAMAGED_ORIGINAL = "damaged-original"
    ORPHANED_ORIGINAL = "orphaned-original"
    LEFTOVER = "leftover"
    STALE_DOCUMENT = "stale-document"
    ORPHANED_DOCUMENT = "orphaned-document"
    STALE_FLAGS = "stale-flags"
    UNMADE_RENDITION = "unmade-rendition"
    """Nothing is wrong: it is made when it is asked for. An upgrade may bring another set."""
    MISSING_RENDITION = "missing-rendition"
    DAMAGED_RENDITION = "damaged-rendition"
    UNPROCESSED = "unprocessed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    kind: Kind
    subject: str
    """An image's id, or a path within the folder of the originals."""
    sentence: str
    repaired: bool = False
    """Put right, or on its way: what is derived is made again by a worker."""

    @property
    def is_wrong(self) -> bool:
        """Whether it is to be named; what is not is counted."""
        return self.kind is not Kind.UNMADE_RENDITION


@dataclass(frozen=True, slots=True)
class Checkup:
    """What is asked for."""

    settings: Settings
    queue: Callable[[int], None]
    """Has the image of this number processed soon."""
    deep: bool = False
    """Read every original and rendition to its end."""
    repair: bool = False
    advance: Callable[[int], None] = lambda _steps: None
    """Called as rows and files are passed."""
