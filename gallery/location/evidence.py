"""What is known about where and when an image was taken, as the flags look at it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from gallery.location.area import Area
from gallery.location.position import Position, distance_m
from gallery.thresholds import Thresholds

R95_OF_R68 = 1.62
"""For errors spread as a normal distribution in two dimensions; phones and cameras state 68 %."""
UNSTATED_ZONE = timedelta(hours=14)
"""How far a clock of unknown zone can be from UTC."""
_OFFSET = re.compile(r"[+-]\d\d:[0-5]\d", re.ASCII)
_GPS_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)", re.ASCII)
_GPS_TIME = re.compile(r"(\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?", re.ASCII)


class Said(NamedTuple):
    """One source's claim."""

    source: str
    """`exif`, `html`, `ip` or `manual`."""
    position: Position
    radius_m: float | None = None
    """As the source gives it; None: it gave none, which is not zero."""
    made_at: datetime | None = None

    def r95_m(self, thresholds: Thresholds) -> float:
        """The radius that holds the true position 95 times of 100: what browsers give already."""
        if not self.radius_m:
            return float(thresholds.unstated_radius_m)
        return self.radius_m * (1 if self.source == "html" else R95_OF_R68)


def apart(one: Said, other: Said, thresholds: Thresholds) -> tuple[float, float]:
    """(metres between them, metres of these that both 95 % radii do not explain; below 0: they overlap)."""
    distance = distance_m(one.position, other.position)
    return distance, distance - one.r95_m(thresholds) - other.r95_m(thresholds)


class Met(NamedTuple):
    """A claim, and the one before or after it by the same camera or person."""

    other: int
    """The number of the other image."""
    said: Said
    there: Said
    gap_s: float
    """From this one to the other; below 0: that was first."""
    has_zones: bool
    """Whether both times are known but for a few seconds, or by clocks that may have been set between."""


class Twin(NamedTuple):
    """Another image of the same picture, with what each says of its place."""

    other: int
    said: Said
    there: Said
    bits: int
    """In which the two fingerprints differ."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it for one image. Times are aware."""

    uploaded_at: datetime
    claims: tuple[Said, ...] = ()
    taken_at: datetime | None = None
    """By the camera's clock, called UTC where the file states no offset."""
    offset_s: int | None = None
    """Seconds east of UTC that the file states for that clock; None: it states none."""
    gps_time: datetime | None = None
    """When the receiver of the camera last had a position, by the satellites' clock."""
    software: str = ""
    ip_country: str = ""
    """Two letters (ISO 3166-1) of the country that the uploader's address is in; empty: nobody says."""
    met: tuple[Met, ...] = ()
    twins: tuple[Twin, ...] = ()
    place: Area | None = None
    """Where the album expects its pictures; None: it expects no place."""
    placed: Said | None = None
    """The believed claim, of those that are better than a region."""

    def of(self, source: str) -> Said | None:
        """What one source claims."""
        return next((said for said in self.claims if said.source == source), None)

    @property
    def upload_gap_s(self) -> float:
        """The least time from picture to upload, below 0 if it was uploaded first; 0: unknown."""
        if self.taken_at is None:
            return 0.0
        gap = self.uploaded_at - self.taken_at
        if self.offset_s is not None:
            return gap.total_seconds()
        if abs(gap) <= UNSTATED_ZONE:
            return 0.0
        return (gap - UNSTATED_ZONE if gap > timedelta() else gap + UNSTATED_ZONE).total_seconds()


def states_offset(exifs: Mapping[str, str]) -> bool:
    """Whether the tags say which zone the camera's clock showed."""
    return _OFFSET.fullmatch(str(exifs.get("OffsetTimeOriginal", ""))) is not None


def gps_time(exifs: Mapping[str, str]) -> datetime | None:
    """The satellites' time of the tags; None where it is missing or is no time."""
    day = _GPS_DATE.fullmatch(str(exifs.get("GPSDateStamp", "")))
    clock = _GPS_TIME.fullmatch(str(exifs.get("GPSTimeStamp", "")))
    if day is None or clock is None:
        return None
    try:
        year, month, date = map(int, day.groups())
        hour, minute, second = map(int, clock.groups())
        return datetime(year, month, date, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
