"""A person as a program reads them."""

from zoneinfo import ZoneInfo

import msgspec

from gallery.models.people import Known
from gallery.models.user import Role
from gallery.present.sync_document import timestamp


class UserRecord(msgspec.Struct):
    """A person of the gallery."""

    id: str
    email: str
    name: str
    role: Role
    sfid: str | None
    album_count: int
    created_at: str
    last_seen_at: str | None
    """None: never."""
    shut_out_at: str | None
    """None: they may come."""


def user_record(known: Known, zone: ZoneInfo) -> UserRecord:
    """The record of one."""
    user = known.user
    return UserRecord(
        id=user.id,
        email=user.email,
        name=user.name,
        role=user.role,
        sfid=user.sfid,
        album_count=known.album_count,
        created_at=timestamp(user.created_at, zone),
        last_seen_at=None if known.seen_at is None else timestamp(known.seen_at, zone),
        shut_out_at=None if user.shut_out_at is None else timestamp(user.shut_out_at, zone),
    )
