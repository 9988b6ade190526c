"""The four places the sample photographs were taken at."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone


@dataclass(frozen=True, slots=True)
class Site:
    album_id: str
    name: str
    description: str
    latitude: float
    longitude: float
    altitude_m: float
    radius_m: float
    provider: tuple[float, float]
    """Where the address of the site's internet line is registered: (latitude, longitude)."""
    first_day: datetime
    """Midnight there, with the offset that its clocks showed."""


def _day(month: int, day: int, offset_h: int) -> datetime:
    return datetime(2026, month, day, tzinfo=timezone(timedelta(hours=offset_h)))


HARBOUR = Site(
    "0011r00002HVBtaAAH",
    "Harbour crossing, Hamburg",
    "Condition survey of the crossing, its quays and the approach viaduct.",
    *(53.52310, 9.93960, 9.0, 900.0),
    provider=(53.5507, 9.9930),
    first_day=_day(9, 7, 2),
)
SOLAR = Site(
    "solar-park-beja",
    "Solar park, Beja",
    "Construction, hand-over and first autumn of a 42 MW park in the Alentejo.",
    *(38.02940, -7.87810, 232.0, 700.0),
    provider=(38.0151, -7.8632),
    first_day=_day(9, 14, 1),
)
ROOFS = Site(
    "7c1f0b4e-52d1-4a8e-9f63-0d5b7be21a94",
    "Roof survey, Montréal",
    "Toitures du Plateau: shingles, gutters and plant before the winter.",
    *(45.52360, -73.58510, 61.0, 600.0),
    provider=(45.5088, -73.5540),
    first_day=_day(9, 28, -4),
)
SCHOOL = Site(
    "75011-2026-0042",
    "École Paul-Bert, Paris",
    "Ravalement de la façade et reprise des fissures, before and after.",
    *(48.85290, 2.38330, 44.0, 140.0),
    provider=(48.8582, 2.3387),
    first_day=_day(10, 1, 2),
)
SITES = (HARBOUR, SOLAR, ROOFS, SCHOOL)
