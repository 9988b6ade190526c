"""A share as a simple list for programs."""

from collections.abc import Callable, Sequence
from typing import Any

from gallery.location.precision import Precision
from gallery.models.image import Image
from gallery.models.share import Share
from gallery.present.shares.image import told_position, told_radius_m
from gallery.present.shares.links import ShareLinks


def shared_listing(
    share: Share, images: Sequence[Image], links: ShareLinks, absolute: Callable[[str], str], more: str
) -> dict[str, Any]:
    """One page of it; `more` is the path of the next, "" = there is none."""
    return {
        "name": share.name,
        "precision": share.precision.value,
        "images": [_entry(image, share.precision, links, absolute) for image in images],
        "next": absolute(more) if more else None,
    }


def _entry(
    image: Image, precision: Precision, links: ShareLinks, absolute: Callable[[str], str]
) -> dict[str, Any]:
    width, height = image.shown_size_px
    return {
        "id": image.id,
        "title": image.label,
        "description": image.description,
        "taken_at": _taken(image, precision),
        "width": width,
        "height": height,
        "position": _position(image, precision),
        "url": absolute(links.page(image.id)),
        "picture_url": absolute(links.picture(image, "1920")) if image.processed else None,
    }


def _taken(image: Image, precision: Precision) -> str | None:
    """The clock on the wall; its zone would say something of the place."""
    taken = image.taken_wall_time
    if taken is None:
        return None
    return (taken if precision is Precision.EXACT else taken.replace(tzinfo=None)).isoformat("T", "seconds")


def _position(image: Image, precision: Precision) -> dict[str, float | None] | None:
    place = told_position(image, precision)
    if place is None:
        return None
    latitude, longitude = (round(degrees, 6) for degrees in place)
    return {"latitude": latitude, "longitude": longitude, "radius_m": told_radius_m(image, precision)}
