"""Shares as programs read them."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from gallery.models.share import Share
from gallery.present.sync_document import timestamp

PrecisionName = Literal["exact", "1km", "10km", "none"]


class ShareRecord(msgspec.Struct):
    """A link that needs no account."""

    id: str
    url: Annotated[str, msgspec.Meta(description="The link. Whoever has it sees what it leads to.")]
    name: str
    album_id: Annotated[str | None, msgspec.Meta(description="null: it leads to chosen images.")]
    filter: Annotated[str, msgspec.Meta(description="As in a page's address; empty: all of the album.")]
    precision: Annotated[str, msgspec.Meta(description="How exactly places are told.")]
    gives_originals: bool
    has_password: bool
    created_at: str
    expires_at: Annotated[str | None, msgspec.Meta(description="null: never.")]
    view_count: Annotated[int, msgspec.Meta(description="Visits, whatever the number of pictures.")]
    viewed_at: str | None


def share_record(share: Share, url: str, zone: ZoneInfo) -> ShareRecord:
    """The record; what the password is nobody knows."""
    return ShareRecord(
        id=share.id,
        url=url,
        name=share.name,
        album_id=share.album.id if share.album else None,
        filter=share.query,
        precision=share.precision.value,
        gives_originals=share.gives_originals,
        has_password=share.password_hash is not None,
        created_at=timestamp(share.created_at, zone),
        expires_at=timestamp(share.expires_at, zone) if share.expires_at else None,
        view_count=share.view_count,
        viewed_at=timestamp(share.viewed_at, zone) if share.viewed_at else None,
    )
