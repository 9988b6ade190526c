"""The claims of an image as a map draws them: what programs are told of them, and in words."""

from typing import Any

from gallery.language import gettext as _
from gallery.models.claim import Source
from gallery.models.image import Image
from gallery.present import words
from gallery.present.claims.comparison import NAMES
from gallery.present.claims.record import ClaimRecord, DistanceRecord, claim_records, distance_records
from gallery.thresholds import Thresholds


def claim_marks(image: Image, url: str, thresholds: Thresholds) -> dict[str, Any]:
    """Positions, 95 % radii and distances. `url` is the image's page."""
    return {
        "id": image.id,
        "title": image.label,
        "url": url,
        "position": image.believed_position,
        "claims": [_mark(told, thresholds) for told in claim_records(image, thresholds)],
        "distances": [_way(told) for told in distance_records(image)],
    }


def _mark(told: ClaimRecord, thresholds: Thresholds) -> dict[str, Any]:
    """An address says a country at best, and a hand no radius: around these no circle is drawn."""
    radius_m = None
    if told.source in ("exif", "html"):
        radius_m = told.radius_95_m or float(thresholds.unstated_radius_m)
    return {
        "source": told.source,
        "name": NAMES[Source(told.source)],
        "latitude": told.latitude,
        "longitude": told.longitude,
        "radius_95_m": radius_m,
        "radius": _radius(told, radius_m),
    }


def _radius(told: ClaimRecord, radius_m: float | None) -> str:
    if told.source == "ip":
        return _("a region")
    if radius_m is None:
        return ""
    around = f"±{words.NO_BREAK}{words.distance(radius_m)}"
    return around if told.radius_m else _("%(radius)s assumed", radius=around)


def _way(told: DistanceRecord) -> dict[str, Any]:
    distance = words.rough_distance if "ip" in told.sources else words.distance
    return {
        "between": told.sources,
        "names": [NAMES[Source(source)] for source in told.sources],
        "distance_m": told.distance_m,
        "words": distance(told.distance_m),
    }
