"""The claims of an image as a map draws them."""

from itertools import combinations
from typing import Any

from gallery.language import gettext as _
from gallery.location.evidence import apart
from gallery.models.claim import Claim, Source
from gallery.models.image import Image
from gallery.present import words
from gallery.present.comparison import NAMES
from gallery.present.doubts import said_by
from gallery.thresholds import Thresholds


def claim_marks(image: Image, url: str, thresholds: Thresholds) -> dict[str, Any]:
    """Positions, 95 % radii and distances, as numbers and in words. `url` is the image's page."""
    ordered = sorted(image.claims, key=lambda claim: list(Source).index(claim.source))
    return {
        "id": image.id,
        "title": image.label,
        "url": url,
        "position": image.believed_position,
        "claims": [_mark(claim, thresholds) for claim in ordered],
        "distances": [_way(one, other, thresholds) for one, other in combinations(ordered, 2)],
    }


def _mark(claim: Claim, thresholds: Thresholds) -> dict[str, Any]:
    """An address says a country at best, and a hand no radius: around these no circle is drawn."""
    has_circle = claim.source in (Source.EXIF, Source.HTML)
    radius_m = said_by(claim).r95_m(thresholds) if has_circle else None
    return {
        "source": claim.source,
        "name": NAMES[claim.source],
        "latitude": claim.latitude,
        "longitude": claim.longitude,
        "radius_95_m": radius_m,
        "radius": _radius(claim, radius_m),
    }


def _radius(claim: Claim, radius_m: float | None) -> str:
    if claim.source is Source.IP:
        return _("a region")
    if radius_m is None:
        return ""
    around = f"±{words.NO_BREAK}{words.distance(radius_m)}"
    return around if claim.accuracy_m else _("%(radius)s assumed", radius=around)


def _way(one: Claim, other: Claim, thresholds: Thresholds) -> dict[str, Any]:
    metres, _excess = apart(said_by(one), said_by(other), thresholds)
    is_rough = Source.IP in (one.source, other.source)
    return {
        "between": [one.source, other.source],
        "names": [str(NAMES[one.source]), str(NAMES[other.source])],
        "distance_m": round(metres, 1),
        "words": words.rough_distance(metres) if is_rough else words.distance(metres),
    }
