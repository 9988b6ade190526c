"""What a claim came with beside its position, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gallery.language import gettext as _
from gallery.location.evidence import gps_time
from gallery.models.claim import Claim, Source
from gallery.present import words
from gallery.present.claims.doubts import said_by
from gallery.thresholds import Thresholds

LONGEST = 80
"""Characters of a value, which may be anything."""


def claim_details(
    claim: Claim, exifs: Mapping[str, Any], uploaded_at: datetime | None, thresholds: Thresholds
) -> list[tuple[str, str]]:
    """(name, value) of what the source gave; of an address nothing, which is a region."""
    if claim.source is Source.IP:
        return []
    found = [] if claim.source is Source.MANUAL else [(_("95 % radius"), _radius(claim, thresholds))]
    if claim.made_at is not None:
        found.append((_("Time of the fix"), _time(claim.made_at)))
        found.append((_("Age at the upload"), _age(claim.made_at, uploaded_at)))
    if claim.source is Source.EXIF:
        return [*found, *((name, value) for name, value in _of_file(exifs) if value)]
    return [*found, (_("As it came"), f"{claim.latitude!r}, {claim.longitude!r}")]


def _radius(claim: Claim, thresholds: Thresholds) -> str:
    around = f"±{words.NO_BREAK}{words.distance(said_by(claim).r95_m(thresholds))}"
    return around if claim.accuracy_m else _("%(radius)s assumed", radius=around)


def _age(made_at: datetime, uploaded_at: datetime | None) -> str:
    return "" if uploaded_at is None else words.duration(max((uploaded_at - made_at).total_seconds(), 0))


def _time(moment: datetime) -> str:
    return f"{words.instant(moment)}{words.NO_BREAK}{words.zone(moment)}"


def _of_file(exifs: Mapping[str, Any]) -> list[tuple[str, str]]:
    def said(*names: str) -> str:
        return " ".join(str(exifs[name]) for name in names if name in exifs)[:LONGEST]

    at = gps_time(exifs)
    raw = said("GPSLatitude", "GPSLatitudeRef"), said("GPSLongitude", "GPSLongitudeRef")
    direction = f"{said('GPSImgDirection')}° {said('GPSImgDirectionRef')}" if said("GPSImgDirection") else ""
    return [
        (_("As it came"), ", ".join(filter(None, raw))),
        (_("Altitude"), said("GPSAltitude", "GPSAltitudeRef")),
        (_("Heading"), direction.strip()),
        (_("Time by satellite"), _time(at) if at else said("GPSDateStamp", "GPSTimeStamp")),
    ]
