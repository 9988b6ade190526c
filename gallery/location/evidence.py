"""What is known about where and when an image was taken, as the flags look at it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from gallery.location.position import Position
from gallery.thresholds import Thresholds

R95_OF_R68 = 1.62
"""For errors spread as a normal distribution in two dimensions; phones and cameras state 68 %."""
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

    def of(self, source: str) -> Said | None:
        """What one source claims."""
        return next((said for said in self.claims if said.source == source), None)


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
