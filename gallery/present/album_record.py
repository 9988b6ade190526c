"""An album as programs read it."""

from typing import Annotated

import msgspec

from gallery.config import Settings
from gallery.models.album import Album
from gallery.present.sync_document import timestamp


class AlbumRecord(msgspec.Struct):
    """An album."""

    id: Annotated[str, msgspec.Meta(description="Any string, as its maker chose it; case-sensitive.")]
    name: str
    description: str
    created_at: Annotated[str, msgspec.Meta(description="ISO 8601, in the server's time zone.")]


def album_record(album: Album, settings: Settings) -> AlbumRecord:
    """The record of one album."""
    return AlbumRecord(
        id=album.id,
        name=album.name,
        description=album.description,
        created_at=timestamp(album.created_at, settings.time_zone),
    )
