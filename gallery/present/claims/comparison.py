"""The claims of an image side by side, how far apart they are, and whether that can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from gallery.language import Phrases, later
from gallery.language import gettext as _
from gallery.location.evidence import apart
from gallery.location.position import believed
from gallery.models.claim import Claim, Source
from gallery.present import words
from gallery.present.claims.details import claim_details
from gallery.present.claims.doubts import said_by
from gallery.present.claims.plot import Plot, plot
from gallery.thresholds import Thresholds

USUAL = Thresholds()

NAMES = Phrases(
    {
        Source.EXIF: later("EXIF in the file"),
        Source.HTML: later("Browser at upload"),
        Source.IP: later("IP address"),
        Source.MANUAL: later("Placed by a reviewer"),
    }
)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as its row of the table says it."""

    claim: Claim
    name: str
    coordinates: str
    radius: str
    """Empty: the source gave none."""
    is_believed: bool
    age: str
    """How long before the upload the browser found its position; empty: at that moment, or another source."""
    details: list[tuple[str, str]]
    """(name, value) of what else the source gave."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two claims and what lies between them."""

    names: tuple[str, str]
    distance: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is claimed about where an image was taken."""

    claims: list[ClaimRow]
    pairs: list[PairRow]
    has_ip: bool
    plot: Plot | None
    """None: there are no two points that could be drawn to one scale."""


def compare(
    claims: Sequence[Claim],
    precedence: tuple[str, ...],
    uploaded_at: datetime | None = None,
    thresholds: Thresholds = USUAL,
    exifs: Mapping[str, Any] | None = None,
) -> Comparison:
    """The comparison, its claims in the order in which sources are named."""
    chosen = believed(claims, precedence)
    ordered = sorted(claims, key=lambda claim: list(NAMES).index(claim.source))
    return Comparison(
        claims=[
            _row(
                claim,
                claim is chosen,
                uploaded_at,
                claim_details(claim, exifs or {}, uploaded_at, thresholds),
            )
            for claim in ordered
        ],
        pairs=[_pair(a, b, thresholds) for a, b in combinations(ordered, 2)],
        has_ip=any(claim.source is Source.IP for claim in claims),
        plot=plot([claim for claim in ordered if claim.source is not Source.IP], chosen),
    )


def _row(
    claim: Claim, is_believed: bool, uploaded_at: datetime | None, details: list[tuple[str, str]]
) -> ClaimRow:
    is_rough = claim.source is Source.IP
    return ClaimRow(
        claim=claim,
        name=NAMES[claim.source],
        coordinates=words.coordinates(*claim.position, digits=1 if is_rough else 5),
        radius=""
        if claim.accuracy_m is None or is_rough
        else f"±{words.NO_BREAK}{words.distance(claim.accuracy_m)}",
        is_believed=is_believed,
        age=_age(claim, uploaded_at),
        details=details,
    )


def _age(claim: Claim, uploaded_at: datetime | None) -> str:
    if claim.source is not Source.HTML or claim.made_at is None or uploaded_at is None:
        return ""
    seconds = (uploaded_at - claim.made_at).total_seconds()
    return _("found %(time)s before the upload", time=words.duration(seconds)) if seconds >= 1 else ""


def _pair(a: Claim, b: Claim, thresholds: Thresholds) -> PairRow:
    metres, excess = apart(said_by(a), said_by(b), thresholds)
    is_rough = Source.IP in (a.source, b.source)
    is_watched = {a.source, b.source} == {Source.EXIF, Source.HTML}
    return PairRow(
        names=(NAMES[a.source], NAMES[b.source]),
        distance=words.rough_distance(metres) if is_rough else words.distance(metres),
        is_doubtful=is_watched and excess > thresholds.tolerance_m,
    )
