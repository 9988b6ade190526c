"""An album as programs read it."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.location.area import LEAST_RADIUS_M, MOST_CORNERS, MOST_RADIUS_M
from gallery.models.album import Album
from gallery.models.image import Image, untrashed
from gallery.models.text import digest
from gallery.present.sync_document import timestamp


class PointPlace(msgspec.Struct, tag_field="type", tag="Point", forbid_unknown_fields=True):
    """All around a point."""

    coordinates: Annotated[
        list[float], msgspec.Meta(min_length=2, max_length=2, description="[longitude, latitude], degrees.")
    ]
    radius_m: Annotated[float, msgspec.Meta(ge=LEAST_RADIUS_M, le=MOST_RADIUS_M)]


class PolygonPlace(msgspec.Struct, tag_field="type", tag="Polygon", forbid_unknown_fields=True):
    """All within a ring, which may cross ±180° (RFC 7946, without holes)."""

    coordinates: Annotated[
        list[
            Annotated[
                list[Annotated[list[float], msgspec.Meta(min_length=2, max_length=2)]],
                msgspec.Meta(
                    min_length=4,
                    max_length=MOST_CORNERS + 1,
                    description="[longitude, latitude] each; the last is the first again.",
                ),
            ]
        ],
        msgspec.Meta(min_length=1, max_length=1),
    ]


Place = PointPlace | PolygonPlace


class AlbumRecord(msgspec.Struct):
    """An album."""

    id: Annotated[str, msgspec.Meta(description="Any string, as its maker chose it; case-sensitive.")]
    name: str
    description: str
    created_at: Annotated[str, msgspec.Meta(description="ISO 8601, in the server's time zone.")]
    updated_at: Annotated[
        str, msgspec.Meta(description="The last change of what an album says of itself, or a merge.")
    ]
    image_count: Annotated[int, msgspec.Meta(description="Without those in the trash.")]
    place: Annotated[Place | None, msgspec.Meta(description="Where its pictures are expected.")]
    needs_second: Annotated[
        bool, msgspec.Meta(description="An image of it is approved only when two reviewers agree.")
    ]


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
            place=None if album.place is None else msgspec.convert(album.place, Place),
            needs_second=album.needs_second,
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
