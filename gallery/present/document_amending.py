"""Stored documents in which only album, tags and the time of the change differ: several times faster."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.models import departure, document, image_words, tag
from gallery.models.document import SyncDocument, take_seqs
from gallery.models.image import Image, now
from gallery.present.sync_document import encode, timestamp, write_documents


def amend_documents(images: Sequence[Image], settings: Settings) -> None:
    """Write anew what the documents of these images (some hundreds) say of album, tags and `updated_at`.

    In the transaction under way, which must have locked the images. What lies in the trash keeps no body; a
    document that is missing is written as a whole.
    """
    stored = _stored(images)
    missing = [image for image in images if image.trashed_at is None and stored.get(image.id) is None]
    amended = [image for image in images if image not in missing]
    names = tag.names_on([image.number for image in amended])
    left = document.left_albums(amended)
    seqs = iter(take_seqs(len(amended) + len(left)))
    departure.record(((next(seqs), *album) for album in left), now())
    records = {
        image.number: _amended(image, stored[image.id] or b"", names[image.number], settings)
        for image in amended
        if image.trashed_at is None
    }
    document.store(
        {
            "image_id": image.id,
            "seq": next(seqs),
            "album_number": image.album_number,
            "position": image.position,
            "created_at": image.created_at,
            "deleted_at": image.trashed_at,
            "body": encode(records[image.number][0]) if image.number in records else None,
        }
        for image in amended
    )
    retagged = {number for number, (record, old) in records.items() if record["tag_names"] != old}
    image_words.store({number: image_words.words_of_record(records[number][0]) for number in retagged})
    if missing:
        write_documents(missing, settings)


def _stored(images: Sequence[Image]) -> dict[str, bytes | None]:
    ids = [image.id for image in images]
    rows = db.session.execute(
        sa.select(SyncDocument.image_id, SyncDocument.body).where(SyncDocument.image_id.in_(ids))
    )
    return {row[0]: row[1] for row in rows}


def _amended(
    image: Image, body: bytes, tag_names: list[str], settings: Settings
) -> tuple[dict[str, Any], list[str]]:
    """(the record, the tags that it had): of what words are taken from, only these may have changed."""
    record: dict[str, Any] = json.loads(bytes(body))
    old = record["tag_names"]
    record["updated_at"] = timestamp(image.updated_at, settings.time_zone)
    record["album_id"], record["tag_names"] = image.album.id, tag_names
    return record, old
