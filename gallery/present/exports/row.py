"""What an export tells of one image, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from gallery.location.flag import Severity
from gallery.location.position import Position, distance_m
from gallery.models.claim import Source

SOURCES = (Source.EXIF, Source.HTML, Source.IP, Source.MANUAL)
"""In the order in which an export names them."""


class ToldClaim(NamedTuple):
    """One source's claim."""

    source: Source
    latitude: float
    longitude: float
    radius_m: float | None
    """As the source gives it; None: it gave none."""
    radius_95_m: float | None
    """The radius that holds the true position 95 times of 100; None: what was given does not say."""
    made_at: datetime | None


class ToldFlag(NamedTuple):
    """One doubt."""

    code: str
    severity: Severity


class ToldVerdict(NamedTuple):
    """What a reviewer decided last."""

    decision: str
    trusted: Source | None
    """None: the verdict names no source."""
    reviewer: str
    decided_at: datetime
    reasons: Sequence[str]
    comment: str


class Apart(NamedTuple):
    """How far two claims lie from each other along the geodesic of WGS 84."""

    one: Source
    other: Source
    distance_m: float


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One image. Times are aware; `taken_at` shows the clock of the place where it is known."""

    id: str
    album_id: str
    title: str | None
    filename: str
    format: str
    taken_at: datetime | None
    created_at: datetime
    sha256: str | None
    position: Position | None
    position_source: Source | None
    """Whose claim is believed; None: nobody's, or a claim that is there no longer."""
    claims: Sequence[ToldClaim]
    """In the order of SOURCES."""
    flags: Sequence[ToldFlag]
    """The worst first."""
    review: str
    verdict: ToldVerdict | None
    """The last that was not undone."""
    tags: Sequence[str]
    page_url: str
    thumbnail_url: str
    original_url: str

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.filename

    @property
    def worst_flag(self) -> Severity | None:
        """None: there is no doubt."""
        return self.flags[0].severity if self.flags else None

    @property
    def distances(self) -> list[Apart]:
        """Between each two claims. A geodesic takes a tenth of a millisecond."""
        return [
            Apart(one.source, other.source, _apart_m(one, other))
            for one, other in combinations(self.claims, 2)
        ]


def _apart_m(one: ToldClaim, other: ToldClaim) -> float:
    metres = distance_m(Position(*one[1:3]), Position(*other[1:3]))
    return round(metres, 3)  # the geodesic is exact to nanometres, and no claim to a millimetre
