"""Where on the Earth something is, and which of several claims to believe."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from geographiclib.geodesic import Geodesic


class Position(NamedTuple):
    """Degrees on WGS 84: latitude -90 to 90, longitude -180 to 180."""

    latitude: float
    longitude: float


class Claimed(Protocol):
    """Anything said by a source."""

    @property
    def source(self) -> str:
        """One of the names that a precedence lists."""


Claim = TypeVar("Claim", bound=Claimed)


def is_position(latitude: object, longitude: object) -> bool:
    """Whether the two are finite numbers in range; a bool is not a number here."""
    numbers = (latitude, longitude)
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
        return False
    lat, lon = float(latitude), float(longitude)  # type: ignore[arg-type]
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180


def distance_m(a: Position, b: Position) -> float:
    """Metres along the geodesic of WGS 84 (Karney 2013)."""
    return float(Geodesic.WGS84.Inverse(*a, *b, Geodesic.DISTANCE)["s12"])


def believed(claims: Iterable[Claim], precedence: Sequence[str]) -> Claim | None:
    """The claim whose source stands first in the precedence; None when no source is in it."""
    by_source = {claim.source: claim for claim in claims}
    return next((by_source[source] for source in precedence if source in by_source), None)
