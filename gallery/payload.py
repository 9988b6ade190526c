"""A sync payload of this or another server as records of ours."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.editing.album_editing import add_album
from gallery.models import tag
from gallery.models.album import Album, find_album
from gallery.models.audit import Deed, record_all
from gallery.models.image import UNPLACED, Image
from gallery.models.lock import lock_known
from gallery.models.verdict import reopen
from gallery.present.links import Links
from gallery.present.sync_document import sync_record, timestamp, write_documents
from gallery.record_copy import PayloadInvalid, copy_delivery, copy_plain, copy_positions
from gallery.record_shape import RecordInvalid, check_record
from gallery.review.flagging import flag_again

_SIGNATURE = re.compile(r"[^#]*/image/authenticated/s--[\w-]{8,32}--/", re.ASCII)
_TIMES = ("created_at", "updated_at")
BATCH = 200


@dataclass(slots=True)
class Loaded:
    """What loading a payload did."""

    created: int = 0
    replaced: int = 0
    unchanged: int = 0
    """Were here exactly so, and were not written again."""
    differing: list[tuple[str, list[str]]] = field(default_factory=list)
    """(image id, keys) that this server will answer otherwise than the payload has them."""


def load_payload(
    records: Sequence[Any],
    settings: Settings,
    places: Sequence[int] | None = None,
    origin_number: int | None = None,
) -> Loaded:
    """Create or replace the records in the transaction under way, keeping their times.

    `places` are the images' positions; None: those that keep the array's order. `origin_number` is the
    mirrored server's. Raises PayloadInvalid, naming the record, before anything is written that could be
    committed.
    """
    for index, record in enumerate(records):
        try:
            check_record(record)
        except RecordInvalid as error:
            raise PayloadInvalid(f"Record {index + 1} of {len(records)}: {error}") from error
    if len({record["id"] for record in records}) != len(records):
        raise PayloadInvalid("Two records of the payload have the same id.")
    if places is None:
        unplaced = is_sorted_by_age(records)
        places = [UNPLACED if unplaced else place for place, _ in enumerate(records, start=1)]
    lock_known([record["id"] for record in records], {record["album_id"] for record in records})
    loaded = Loaded()
    for start in range(0, len(records), BATCH):
        chunk = slice(start, start + BATCH)
        _load(records[chunk], places[chunk], origin_number, settings, loaded)
    return loaded


def is_sorted_by_age(records: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the order is that of `created_at` and id, which needs no positions. Raises PayloadInvalid."""
    last = None
    for record in records:
        try:
            key = (datetime.fromisoformat(record["created_at"]), record["id"])
            if last is not None and key < last:
                return False
        except (KeyError, TypeError, ValueError):
            raise PayloadInvalid("A record has no `created_at` or no `id` that can be read.") from None
        last = key
    return True


def _load(
    records: Sequence[Mapping[str, Any]],
    places: Sequence[int],
    origin_number: int | None,
    settings: Settings,
    loaded: Loaded,
) -> None:
    albums = _albums({record["album_id"] for record in records})
    present = _present([record["id"] for record in records])
    written: list[tuple[Image, Mapping[str, Any]]] = []
    new: list[Image] = []
    links = Links(settings)
    names = tag.names_on([image.number for image in present.values()])
    for record, place in zip(records, places, strict=True):
        image = present.get(record["id"])
        if image is None:
            image = Image(id=record["id"], album=albums[record["album_id"]])
            db.session.add(image)
            new.append(image)
            loaded.created += 1
        elif _is_so(image, place) and not _differing_keys(
            image, names[image.number], record, links, settings
        ):
            loaded.unchanged += 1
            continue
        else:
            image.album = albums[record["album_id"]]
            image.trashed_at = image.trashed_by = None
            loaded.replaced += 1
        image.position, image.origin_number = place, origin_number
        copy_plain(image, record)
        copy_positions(image, record)
        copy_delivery(image, record)
        db.session.flush()
        written.append((image, record))
    images = [image for image, _ in written]
    record_all(Deed.IMAGE_ADDED, new, mirrored=True)
    record_all(Deed.IMAGE_EDITED, [image for image in images if image not in new], mirrored=True)
    reopen(images)
    tag.replace_on_all([(image, record["tag_names"]) for image, record in written])
    flag_again(images, settings)
    write_documents(images, settings)
    names = tag.names_on([image.number for image in images])
    for image, record in written:
        if keys := _differing_keys(image, names[image.number], record, links, settings):
            loaded.differing.append((image.id, keys))


def _is_so(image: Image, place: int) -> bool:
    return image.trashed_at is None and image.position == place


def _albums(album_ids: Iterable[str]) -> dict[str, Album]:
    return {album_id: find_album(album_id) or add_album(album_id) for album_id in album_ids}


def _present(image_ids: Sequence[str]) -> dict[str, Image]:
    return {image.id: image for image in db.session.scalars(sa.select(Image).where(Image.id.in_(image_ids)))}


def _differing_keys(
    image: Image, tag_names: list[str], given: Mapping[str, Any], links: Links, settings: Settings
) -> list[str]:
    """The keys that this server answers otherwise than the record has them."""
    answered = sync_record(image, tag_names, links, settings.time_zone)
    comparable = dict(given) | {
        key: timestamp(datetime.fromisoformat(given[key]), settings.time_zone) for key in _TIMES
    }
    return [key for key in answered if _unsigned(key, answered[key]) != _unsigned(key, comparable[key])]


def _unsigned(key: str, value: Any) -> Any:
    """The value without what each server signs and names itself."""
    if key == "external_urls":
        return {name: _unsigned("", value[name]) for name in ("fill100", "fit2000")}
    if isinstance(value, dict) and key == "thumbnails":
        return {name: _unsigned("", link) for name, link in value.items()}
    return _SIGNATURE.sub("", value) if isinstance(value, str) and key in ("", "original_url") else value
