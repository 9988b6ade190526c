"""Where a picture says it was taken, exactly as its GPS directory holds it; nothing is ever made up."""

import math
from dataclasses import dataclass

from gallery.media.exif_text import decode
from gallery.media.ifd import Entry, Ifd

_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_ALTITUDE_REF, _ALTITUDE, _POSITIONING_ERROR = 5, 6, 31
_BELOW_SEA_LEVEL = {1, 3}  # 3 since Exif 3.0: below sea level, where 1 is below the ellipsoid


@dataclass(frozen=True, slots=True)
class ExifPosition:
    latitude: float
    longitude: float
    accuracy_m: float | None = None
    """Radius of about 68 % confidence; None when the camera did not write one."""
    altitude_m: float | None = None
    """Negative below sea level; None when the camera did not write one."""


def read_position(gps: Ifd) -> ExifPosition | None:
    """None where either coordinate is missing, has no hemisphere letter, is not a number or out of range."""
    latitude = _coordinate(gps.get(_LATITUDE), gps.get(_LATITUDE_REF), "NS", 90)
    longitude = _coordinate(gps.get(_LONGITUDE), gps.get(_LONGITUDE_REF), "EW", 180)
    if latitude is None or longitude is None:
        return None
    accuracy_m = _number(gps.get(_POSITIONING_ERROR))
    return ExifPosition(
        latitude,
        longitude,
        accuracy_m if accuracy_m is None or accuracy_m >= 0 else None,
        _altitude_m(gps),
    )


def _coordinate(entry: Entry | None, ref: Entry | None, hemispheres: str, limit: float) -> float | None:
    """Degrees, unrounded: d + m/60 + s/3600 in this order; a missing minute or second is zero.

    Negative parts are refused: EXIF knows none, and beside the letter their meaning is a guess.
    """
    if entry is None or ref is None or entry.is_text or not entry.data:
        return None
    letter = decode(ref.data).strip()[:1].upper()
    parts = [float(number) for number in entry.numbers()]
    if not letter or letter not in hemispheres or len(parts) > 3:
        return None
    degrees, minutes, seconds = (*parts, 0.0, 0.0)[:3]
    coordinate = degrees + minutes / 60 + seconds / 3600
    if not (coordinate <= limit and min(parts) >= 0):  # NaN compares false
        return None
    return -coordinate if letter == hemispheres[1] else coordinate


def _altitude_m(gps: Ifd) -> float | None:
    altitude_m = _number(gps.get(_ALTITUDE))
    ref = gps.get(_ALTITUDE_REF)
    code = int.from_bytes(ref.data[:1], "big") if ref else 0
    below = code in _BELOW_SEA_LEVEL or code == ord("1")
    return -altitude_m if altitude_m is not None and below else altitude_m


def _number(entry: Entry | None) -> float | None:
    if entry is None or entry.is_text or not entry.data:
        return None
    number = float(entry.numbers()[0])
    return number if math.isfinite(number) else None
