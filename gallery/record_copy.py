"""What a sync record says, written onto an image."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from gallery.db import db
from gallery.errors import GalleryError
from gallery.location.position import Position, is_position
from gallery.models.claim import Claim, Source
from gallery.models.image import Image
from gallery.models.text import storable_json
from gallery.record_shape import MAX_INT

_CLAIM_KEYS = {"gps_exifs": Source.EXIF, "gps_html": Source.HTML, "gps_ip": Source.IP}
_DELIVERY = re.compile(
    r".*/v(?P<version>\d{1,18})/(?P<name>[^/.?#\x00-\x20\ud800-\udfff]{1,64})\.(?P<extension>\w{1,10})",
    re.ASCII,
)


class PayloadInvalid(GalleryError):
    """A payload cannot be loaded; nothing of it was."""

    code = "payload_invalid"
    status = 422


def copy_plain(image: Image, record: Mapping[str, Any]) -> None:
    """What is the same in both."""
    image.created_at = datetime.fromisoformat(record["created_at"])
    image.updated_at = datetime.fromisoformat(record["updated_at"])
    image.taken_at = datetime.fromisoformat(record["taken_at"]) if record["taken_at"] else None
    offset = image.taken_at.utcoffset() if image.taken_at else None
    image.taken_offset_s = int(offset.total_seconds()) if offset else 0
    for key in ("infos", "exifs", "metadatas"):
        setattr(image, key, storable_json(record[key]))
    for key in ("filename", "title", "description", "processing_error", "user_sfid", "group_id"):
        setattr(image, key, storable_json(record[key]))
    for key in ("rotation", "format", "page", "processed"):
        setattr(image, key, record[key])
    for key in ("crop_x", "crop_y", "crop_w", "crop_h"):
        setattr(image, key, float(record[key]))
    image.colour, image.size_bytes = record["color"], record["size"]
    image.original_width_px, image.original_height_px = record["original_width"], record["original_height"]


def copy_positions(image: Image, record: Mapping[str, Any]) -> None:
    """The claims, and the one that is believed there. What somebody placed by hand here stays beside them."""
    location = record["infos"].get("location")
    accuracy = location.get("accuracy") if isinstance(location, dict) else None
    is_number = isinstance(accuracy, int | float) and not isinstance(accuracy, bool)
    is_radius = is_number and 0 <= cast(float, accuracy) < MAX_INT
    by_hand = [claim for claim in image.claims if claim.source is Source.MANUAL]
    image.claims = by_hand + [
        Claim(
            source=source,
            latitude=float(record[key][0]),
            longitude=float(record[key][1]),
            accuracy_m=float(cast(float, accuracy)) if is_radius and source is Source.HTML else None,
        )
        for key, source in _CLAIM_KEYS.items()
        if record[key] is not None
    ]
    gps = record["gps"]
    image.place(Position(float(gps[0]), float(gps[1])) if gps and is_position(*gps) else None)


def copy_delivery(image: Image, record: Mapping[str, Any]) -> None:
    """Under which name it is delivered. Raises PayloadInvalid if another image has that."""
    found = _DELIVERY.fullmatch(record["original_url"])
    if found is None:
        image.delivery_version = int(image.created_at.timestamp())
        return
    if _id_delivered_as(found["name"]) not in (None, image.id):
        raise PayloadInvalid(f"Record {image.id}: another image has the name that stands in `original_url`.")
    image.delivery_name, image.delivery_extension = found["name"], found["extension"]
    image.delivery_version = int(found["version"])


def _id_delivered_as(delivery_name: str) -> str | None:
    """Id of the stored image, trashed or not, whose delivery URLs carry this name; no pending one counts."""
    with db.session.no_autoflush:
        return db.session.scalar(sa.select(Image.id).where(Image.delivery_name == delivery_name))
