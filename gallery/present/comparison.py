"""The claims of an image side by side, how far apart they are, and whether that can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from gallery.location.position import believed, distance_m
from gallery.models.claim import Claim, Source
from gallery.present import words
from gallery.present.plot import Plot, plot

R95_OF_R68 = 1.62
"""For errors spread as a normal distribution in two dimensions; phones and cameras state 68 %."""
UNSTATED_R95_M = 1_000.0
"""What a source that gives no radius is trusted with: an unknown radius is not zero."""
TOLERANCE_M = 200.0
"""A photographer walks on between the picture and the upload."""

NAMES = {
    Source.EXIF: "EXIF in the file",
    Source.HTML: "Browser at upload",
    Source.IP: "IP address",
    Source.MANUAL: "Placed by a reviewer",
}


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
    doubt: str
    """The distance between file and browser when it is more than their radii explain; else empty."""
    has_ip: bool
    plot: Plot | None
    """None: there are no two points that could be drawn to one scale."""


def compare(
    claims: Sequence[Claim], precedence: tuple[str, ...], uploaded_at: datetime | None = None
) -> Comparison:
    """The comparison, its claims in the order in which sources are named."""
    chosen = believed(claims, precedence)
    ordered = sorted(claims, key=lambda claim: list(NAMES).index(claim.source))
    pairs = [_pair(a, b) for a, b in combinations(ordered, 2)]
    doubtful = [pair.distance for pair in pairs if pair.is_doubtful]
    return Comparison(
        claims=[_row(claim, claim is chosen, uploaded_at) for claim in ordered],
        pairs=pairs,
        doubt=doubtful[0] if doubtful else "",
        has_ip=any(claim.source is Source.IP for claim in claims),
        plot=plot([claim for claim in ordered if claim.source is not Source.IP], chosen),
    )


def _row(claim: Claim, is_believed: bool, uploaded_at: datetime | None) -> ClaimRow:
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
    )


def _age(claim: Claim, uploaded_at: datetime | None) -> str:
    if claim.source is not Source.HTML or claim.made_at is None or uploaded_at is None:
        return ""
    seconds = (uploaded_at - claim.made_at).total_seconds()
    return f"found {words.duration(seconds)} before the upload" if seconds >= 1 else ""


def _pair(a: Claim, b: Claim) -> PairRow:
    metres = distance_m(a.position, b.position)
    is_rough = Source.IP in (a.source, b.source)
    is_watched = {a.source, b.source} == {Source.EXIF, Source.HTML}
    return PairRow(
        names=(NAMES[a.source], NAMES[b.source]),
        distance=words.rough_distance(metres) if is_rough else words.distance(metres),
        is_doubtful=is_watched and metres - _r95_m(a) - _r95_m(b) > TOLERANCE_M,
    )


def _r95_m(claim: Claim) -> float:
    """The radius that holds the true position 95 times of 100: what browsers give already."""
    if not claim.accuracy_m:
        return UNSTATED_R95_M
    return claim.accuracy_m * (1 if claim.source is Source.HTML else R95_OF_R68)
