"""Where on the Earth something is, and which of several claims to believe."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
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
    return abs(latitude) <= 90 and abs(longitude) <= 180  # type: ignore[arg-type]  # NaN is in no range


@lru_cache(maxsize=4_096)
def distance_m(a: Position, b: Position) -> float:
    """Metres along the geodesic of WGS 84 (Karney 2013), which several ask of the same two claims in turn."""
    return float(Geodesic.WGS84.Inverse(*a, *b, Geodesic.DISTANCE)["s12"])


def offset_m(origin: Position, other: Position) -> tuple[float, float]:
    """(metres east, metres north) of the other point, along the geodesic that leads there."""
    way = Geodesic.WGS84.Inverse(*origin, *other, Geodesic.DISTANCE | Geodesic.AZIMUTH)
    azimuth = math.radians(way["azi1"])
    return way["s12"] * math.sin(azimuth), way["s12"] * math.cos(azimuth)


def believed(claims: Iterable[Claim], precedence: Sequence[str]) -> Claim | None:
    """The claim whose source stands first in the precedence; None when no source is in it."""
    by_source = {claim.source: claim for claim in claims}
    return next((by_source[source] for source in precedence if source in by_source), None)
