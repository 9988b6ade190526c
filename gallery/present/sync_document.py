"""The sync record of an image, to the byte, and its place in the stored documents."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.models import claim, departure, document, image_words, recipe, tag
from gallery.models.claim import Pairs, Source
from gallery.models.document import Site, SyncDocument, take_seqs
from gallery.models.image import Image, now
from gallery.prepared import Prepared
from gallery.present.links import Links

_ESCAPES = {"&": r"\u0026", "<": r"\u003c", ">": r"\u003e", "\u2028": r"\u2028", "\u2029": r"\u2029"}


def write_documents(images: Sequence[Image], settings: Settings) -> None:
    """Store the documents of these images (a few hundred at most) anew, in the transaction under way.

    The document of an image in the trash is withdrawn instead, whoever asks and whatever the session
    believes: the trash is looked at while the counter is held, and who fills it holds the counter too.
    """
    db.session.flush()
    numbers = [image.number for image in images]
    names, claims, links = tag.names_on(numbers), claim.pairs_on(numbers), Links(settings)
    left = document.left_albums(images)
    seqs = iter(take_seqs(len(images) + len(left)))
    departure.record(((next(seqs), *album) for album in left), now())
    trashed = _trashed_at(numbers)
    rows, words = [], {}
    for image in images:
        number, record = image.number, None
        if number not in trashed:
            record = _record(image, names[number], claims[number], links, settings.time_zone)
            words[image.number] = image_words.words_of_record(record)
        rows.append(
            {
                "image_id": image.id,
                "seq": next(seqs),
                "album_number": image.album_number,
                "position": image.position,
                "created_at": image.created_at,
                "deleted_at": trashed.get(image.number),
                "body": None if record is None else encode(record),
            }
        )
    document.store(rows)
    image_words.store(words)


def _trashed_at(numbers: list[int]) -> dict[int, datetime]:
    """Since when those of the images lie in the trash that do."""
    return {row[0]: row[1] for row in _TRASHED.rows_on(db.session.connection(), numbers=numbers)}


_TRASHED = Prepared(
    sa.select(Image.number, Image.trashed_at).where(
        Image.number.in_(sa.bindparam("numbers", expanding=True)), Image.trashed_at.is_not(None)
    ),
    "numbers",
)


def stored_document(image: Image) -> bytes:
    """The bytes that the sync API answers for this image."""
    body = sa.select(SyncDocument.body).where(SyncDocument.image_id == image.id)
    return db.session.execute(body).scalar_one() or b""


def is_document_current(image: Image, settings: Settings) -> bool:
    """Whether what is stored is what would be written now."""
    db.session.flush()
    names = tag.names_on([image.number])[image.number]
    return stored_document(image) == encode(sync_record(image, names, Links(settings), settings.time_zone))


def refresh_documents(settings: Settings, batch: int = 200) -> int:
    """Write every document again if a setting that shows in them has changed; how many were written."""
    again = recipe.for_images(lambda images: write_documents(images, settings), batch)
    return recipe.follow(Site.document_recipe, settings.document_recipe, again)


def encode(record: Any) -> bytes:
    """Compact JSON in UTF-8 with the contract's five escapes."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _ESCAPES.items():  # `str.translate` takes a hundred times as long
        text = text.replace(character, escaped)
    return text.encode()


def join(bodies: Iterable[bytes]) -> bytes:
    """The array of these documents; each is copied once."""
    parts = [part for body in bodies for part in (b",", body)]
    return b"".join([b"[", *parts[1:], b"]"])


def sync_record(image: Image, tag_names: list[str], links: Links, zone: ZoneInfo) -> dict[str, Any]:
    """The record with its keys in the contract's order."""
    claims: Pairs = {each.source: [each.latitude, each.longitude] for each in image.claims}
    return _record(image, tag_names, claims, links, zone)


def _record(
    image: Image, tag_names: list[str], claims: Pairs, links: Links, zone: ZoneInfo
) -> dict[str, Any]:
    width, height = image.shown_size_px
    position = image.believed_position
    return {
        "id": image.id,
        "public_id": image.id,
        "infos": image.infos,
        "exifs": image.exifs,
        "gps": None if position is None else list(position),
        "gps_ip": claims.get(Source.IP),
        "gps_exifs": claims.get(Source.EXIF),
        "gps_html": claims.get(Source.HTML),
        "created_at": timestamp(image.created_at, zone),
        "updated_at": timestamp(image.updated_at, zone),
        "taken_at": _taken_at(image),
        "width": width,
        "height": height,
        "rotation": image.rotation,
        "crop_x": image.crop_x,
        "crop_y": image.crop_y,
        "crop_w": image.crop_w,
        "crop_h": image.crop_h,
        "metadatas": image.metadatas,
        "original_url": links.original(image),
        "original_width": image.original_width_px,
        "original_height": image.original_height_px,
        "external_urls": links.external(image),
        "filename": image.filename,
        "format": image.format,
        "title": image.title,
        "description": image.description,
        "page": image.page,
        "group_id": image.group_id,
        "color": image.colour,
        "size": image.size_bytes,
        "processed": image.processed,
        "processing_error": image.processing_error,
        "album_id": image.album.id,
        "tag_names": tag_names,
        "user_sfid": image.user_sfid,
        "thumbnails": links.thumbnails(image),
    }


def timestamp(moment: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 in the zone with three fraction digits; `Z` where the zone is UTC."""
    text = moment.astimezone(zone).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z" if zone.key == "UTC" else text


def _taken_at(image: Image) -> str | None:
    moment = image.taken_wall_time
    return None if moment is None else moment.isoformat(timespec="milliseconds")
