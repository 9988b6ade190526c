"""A doubt, its name and its weight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """How much a doubt weighs."""

    NOTE = 1
    """Worth knowing."""
    DOUBT = 2
    """Somebody should look."""
    CONFLICT = 3
    """Two sources cannot both be right."""


class Code(StrEnum):
    """The name of a doubt, which strangers may rely on."""

    PAIR_MISMATCH = "pair_mismatch"
    SWAPPED = "swapped"
    NULL_ISLAND = "null_island"
    RADIUS_ZERO = "radius_zero"
    RADIUS_UNSTATED = "radius_unstated"
    STALE_FIX = "stale_fix"
    UPLOADED_LATER = "uploaded_later"
    TAKEN_AFTER_UPLOAD = "taken_after_upload"
    GPS_TIME = "gps_time"
    ZONE = "zone"
    EDITED = "edited"
    IMPOSSIBLE_TRAVEL = "impossible_travel"
    IP_COUNTRY = "ip_country"
    SAME_PICTURE = "same_picture"
    OUTSIDE_PLACE = "outside_place"


@dataclass(frozen=True, slots=True)
class Flag:
    """One explained doubt."""

    code: Code
    severity: Severity
    inputs: Mapping[str, float | str] = field(default_factory=dict)
    """What it was found from: metres, seconds, degrees, names."""
    other: int | None = None
    """The number of the other image, where it stands between two."""
