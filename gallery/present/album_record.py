"""An album as programs read it."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.models.album import Album
from gallery.models.image import Image, untrashed
from gallery.models.text import digest
from gallery.present.sync_document import timestamp


class AlbumRecord(msgspec.Struct):
    """An album."""

    id: Annotated[str, msgspec.Meta(description="Any string, as its maker chose it; case-sensitive.")]
    name: str
    description: str
    created_at: Annotated[str, msgspec.Meta(description="ISO 8601, in the server's time zone.")]
    updated_at: Annotated[
        str, msgspec.Meta(description="The last change of id, name or description, or a merge.")
    ]
    image_count: Annotated[int, msgspec.Meta(description="Without those in the trash.")]


def album_record(album: Album, settings: Settings) -> AlbumRecord:
    """The record of one album."""
    return album_records([album], settings)[0]


def album_records(albums: Sequence[Album], settings: Settings) -> list[AlbumRecord]:
    """The records of albums, in this order."""
    counts = _image_counts(album.number for album in albums)
    return [
        AlbumRecord(
            id=album.id,
            name=album.name,
            description=album.description,
            created_at=timestamp(album.created_at, settings.time_zone),
            updated_at=timestamp(album.updated_at, settings.time_zone),
            image_count=counts.get(album.number, 0),
        )
        for album in albums
    ]


def album_revision(record: AlbumRecord) -> str:
    """Stands for all that the record says."""
    return digest(msgspec.json.encode(record).decode())[:32]


def _image_counts(album_numbers: Iterable[int]) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(Image.album_number, sa.func.count())
        .where(Image.album_number.in_(list(album_numbers)), untrashed())
        .group_by(Image.album_number)
    )
    return {row[0]: row[1] for row in rows}
