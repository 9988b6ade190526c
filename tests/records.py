"""Rows without files, for tests of what is done with rows."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.models import tag
from gallery.models.album import Album, create_album, find_album
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.present.links import Links
from gallery.present.sync_document import encode, sync_record

_SECONDS = itertools.count()


def album_of(album_id: str = "00100000123BB175") -> Album:
    """The album, made if there is none."""
    return find_album(album_id) or create_album(album_id)


def bare_image(album: Album, **more: Any) -> Image:
    """A new image of no file, in the session; each is a second younger than the one before."""
    created_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(_SECONDS))
    values: dict[str, Any] = {
        "album": album,
        "created_at": created_at,
        "updated_at": created_at,
        "size_bytes": 3604,
        "format": "png",
        "filename": "Super Image",
        "infos": {"bytes": 3604},
        "original_width_px": 48,
        "original_height_px": 32,
        "delivery_version": 123,
    }
    image = Image(**(values | more))
    db.session.add(image)
    return image


def stored_documents() -> dict[str, bytes]:
    """The stored bytes by image id."""
    rows = db.session.execute(
        sa.select(SyncDocument.image_id, SyncDocument.body).where(SyncDocument.body.is_not(None))
    )
    return {image_id: bytes(body) for image_id, body in rows if body is not None}


def fresh_documents(settings: Settings) -> dict[str, bytes]:
    """What the documents must be, built from rows that are read again."""
    db.session.expire_all()
    return dict(_built(settings))


def _built(settings: Settings) -> Iterator[tuple[str, bytes]]:
    for image in db.session.scalars(sa.select(Image)):
        names = tag.names_on([image.number])[image.number]
        yield image.id, encode(sync_record(image, names, Links(settings), settings.time_zone))
