"""A page of the change feed, to the byte: the documents stand in it as they are stored."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec

from gallery.models.change import Change
from gallery.models.image import UNPLACED
from gallery.present.image_record import SyncRecord
from gallery.present.sync_document import encode, join, timestamp


class Deletion(msgspec.Struct):
    """An image that is gone from what the token sees: deleted, or moved out of reach."""

    id: str
    album_id: str
    deleted_at: str


class Changes(msgspec.Struct):
    """A page of the feed. Drop what is in `deleted`, then put what is in `upserted`."""

    upserted: list[SyncRecord]
    deleted: list[Deletion]
    positions: Annotated[
        dict[str, int], msgspec.Meta(description="By id, of images with a place of their own in the order.")
    ]
    cursor: str
    has_more: bool


def body(changes: Sequence[Change], cursor: str, has_more: bool, zone: ZoneInfo) -> bytes:
    """The page as JSON."""
    there = [change for change in changes if change.deleted_at is None]
    gone = {
        change.image_id: _deletion(change, change.deleted_at, zone) for change in changes if change.deleted_at
    }
    rest = {
        "positions": {change.image_id: change.position for change in there if change.position != UNPLACED},
        "cursor": cursor,
        "has_more": has_more,
    }
    return b'{"upserted":%s,"deleted":%s,%s' % (
        join(change.body or b"" for change in there),
        encode(list(gone.values())),
        encode(rest)[1:],
    )


def lines(changes: Iterable[Change], zone: ZoneInfo) -> bytes:
    """The same as lines of JSON, one a change."""
    return b"".join(_line(change, zone) for change in changes)


def _line(change: Change, zone: ZoneInfo) -> bytes:
    if change.deleted_at is not None:
        return encode({"deleted": _deletion(change, change.deleted_at, zone)}) + b"\n"
    position = b"" if change.position == UNPLACED else b',"position":%d' % change.position
    return b'{"upserted":%s%s}\n' % (change.body or b"null", position)


def _deletion(change: Change, deleted_at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": change.image_id,
        "album_id": change.album_id,
        "deleted_at": timestamp(deleted_at, zone),
    }
