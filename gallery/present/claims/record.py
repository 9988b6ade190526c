"""What is claimed about where an image was taken, and what speaks against it, as programs read it."""

from datetime import datetime
from itertools import combinations
from typing import Annotated, Any, Literal

import msgspec

from gallery.config import Settings
from gallery.location.position import distance_m
from gallery.models.claim import Claim
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.present.claims.doubts import Doubt, doubts_of, said_by
from gallery.present.exports.row import SOURCES
from gallery.thresholds import Thresholds

SourceName = Literal["exif", "html", "ip", "manual"]


class ClaimRecord(msgspec.Struct):
    """One source's word."""

    source: SourceName
    latitude: float
    longitude: float
    radius_m: Annotated[float | None, msgspec.Meta(description="As given; null: none was given.")]
    radius_95_m: Annotated[
        float | None, msgspec.Meta(description="Holds the true position 95 times of 100; null: unknown.")
    ]
    at: Annotated[datetime | None, msgspec.Meta(description="When the source took it; null: unknown.")]
    age_s: Annotated[
        float | None, msgspec.Meta(description="How old it was at the upload, seconds; null: unknown.")
    ]


class DistanceRecord(msgspec.Struct):
    """How far two claims lie apart on the geodesic of WGS 84."""

    sources: tuple[SourceName, SourceName]
    distance_m: float


class FlagRecord(msgspec.Struct):
    """One doubt."""

    code: str
    severity: Literal["note", "doubt", "conflict"]
    sentence: str
    inputs: Annotated[
        dict[str, Any],
        msgspec.Meta(description="The numbers in the sentence; none where the other image may not be seen."),
    ]
    other: Annotated[
        str | None,
        msgspec.Meta(description="The id of the other image of a doubt between two, if it may be seen."),
    ]


class ClaimsRecord(msgspec.Struct):
    """All that is claimed, and all doubts, the worst first."""

    image_id: str
    claims: list[ClaimRecord]
    distances: list[DistanceRecord]
    flags: list[FlagRecord]


def claims_record(image: Image, seen: Scope, settings: Settings) -> ClaimsRecord:
    """The record of one image, for somebody who may see so much."""
    return ClaimsRecord(
        image_id=image.id,
        claims=claim_records(image, settings.flag_thresholds),
        distances=distance_records(image),
        flags=[_flag(doubt) for doubt in doubts_of([image], seen)[image.number]],
    )


def claim_records(image: Image, thresholds: Thresholds) -> list[ClaimRecord]:
    """Every source's word."""
    return [_claim(claim, image, thresholds) for claim in _ordered(image)]


def distance_records(image: Image) -> list[DistanceRecord]:
    """Between each two of them."""
    return [_distance(one, other) for one, other in combinations(_ordered(image), 2)]


def _ordered(image: Image) -> list[Claim]:
    return sorted(image.claims, key=lambda claim: SOURCES.index(claim.source))


def _claim(claim: Claim, image: Image, thresholds: Thresholds) -> ClaimRecord:
    return ClaimRecord(
        source=claim.source.value,
        latitude=claim.latitude,
        longitude=claim.longitude,
        radius_m=claim.accuracy_m,
        radius_95_m=said_by(claim).r95_m(thresholds) if claim.accuracy_m else None,
        at=claim.made_at,
        age_s=(image.created_at - claim.made_at).total_seconds() if claim.made_at else None,
    )


def _distance(one: Claim, other: Claim) -> DistanceRecord:
    metres = round(distance_m(one.position, other.position), 3)
    return DistanceRecord((one.source.value, other.source.value), metres)


def _flag(doubt: Doubt) -> FlagRecord:
    severity: Any = doubt.level
    inputs = {} if doubt.is_hidden else dict(doubt.flag.inputs)
    other = doubt.other.id if doubt.other else None
    return FlagRecord(doubt.flag.code.value, severity, doubt.sentence, inputs, other)
