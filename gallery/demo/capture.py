"""When and where a photograph was taken, and what its sources say of that."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, pi, radians, sin
from random import Random

from gallery.demo.shot import Claims, Shot
from gallery.demo.sites import Site

_NEW_YORK = (40.7128, -74.0060)
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Capture:
    taken_at: datetime
    """Aware, with the offset of the camera's clock."""
    uploaded_at: datetime
    """Aware, UTC."""
    exif: tuple[float, float] | None
    """What the camera's receiver wrote: latitude, longitude."""
    exif_error_m: float
    altitude_m: float
    browser: tuple[float, float, float] | None
    """Latitude, longitude, accuracy in metres."""
    ip: tuple[float, float] | None


def capture(shot: Shot, site: Site, number: int) -> Capture:
    rng = Random(f"capture {shot.name}")  # noqa: S311 - it scatters sample positions
    distance_m, bearing = site.radius_m * rng.random() ** 0.5, rng.uniform(0, 2 * pi)
    place = _moved((site.latitude, site.longitude), distance_m, bearing)
    taken_at = site.first_day + timedelta(days=number * 1.7 // 1, seconds=rng.randrange(7 * 3600, 18 * 3600))
    return Capture(
        taken_at=taken_at,
        uploaded_at=(taken_at + timedelta(seconds=rng.randrange(600, 14_000))).astimezone(UTC),
        exif=_exif_claim(shot.claims, _moved(place, rng.uniform(0, 7), rng.uniform(0, 2 * pi))),
        exif_error_m=round(rng.uniform(3, 9), 1),
        altitude_m=round(site.altitude_m + rng.uniform(-2, 14), 1),
        browser=_browser_claim(shot.claims, _moved(place, rng.uniform(0, 9), rng.uniform(0, 2 * pi)), rng),
        ip=_ip_claim(shot.claims, site),
    )


def _exif_claim(claims: Claims, place: tuple[float, float]) -> tuple[float, float] | None:
    if claims in (Claims.BROWSER_ONLY, Claims.IP_ONLY, Claims.NONE):
        return None
    if claims is Claims.EXIF_40_KM_OFF:
        return _moved(place, 40_000, radians(60))
    if claims is Claims.EXIF_SIGN_SWAPPED:
        return place[0], -place[1]
    return place


def _browser_claim(
    claims: Claims, place: tuple[float, float], rng: Random
) -> tuple[float, float, float] | None:
    if claims in (Claims.EXIF_ONLY, Claims.IP_ONLY, Claims.NONE):
        return None
    return *place, round(rng.uniform(8, 38), 1)


def _ip_claim(claims: Claims, site: Site) -> tuple[float, float] | None:
    if claims is Claims.IP_IN_NEW_YORK:
        return _NEW_YORK
    return site.provider if claims in (Claims.AGREE_WITH_IP, Claims.IP_ONLY) else None


def _moved(place: tuple[float, float], distance_m: float, bearing: float) -> tuple[float, float]:
    """On a sphere small enough to be flat; to 0.1 m, as receivers write."""
    latitude = place[0] + distance_m * cos(bearing) / _METRES_A_DEGREE
    longitude = place[1] + distance_m * sin(bearing) / (_METRES_A_DEGREE * cos(radians(place[0])))
    return round(latitude, 6), round(longitude, 6)
