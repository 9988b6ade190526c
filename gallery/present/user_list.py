"""The people of the gallery as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from gallery.language import Phrases, later
from gallery.language import gettext as _
from gallery.models.people import Known, count_people, some_people
from gallery.models.user import Role, User
from gallery.present import words

PAGE_SIZE = 50
ROLES = Phrases({Role.ADMIN: later("Admin"), Role.REVIEWER: later("Reviewer"), Role.MEMBER: later("Member")})
RIGHTS = Phrases(
    {
        Role.ADMIN: later("sees and does everything"),
        Role.REVIEWER: later("decides in the albums they are a member of, and makes albums"),
        Role.MEMBER: later("adds to the albums they are a member of"),
    }
)


@dataclass(frozen=True, slots=True)
class UserRow:
    """One person."""

    id: str
    name: str
    email: str
    role: str
    seen: str
    album_count: int
    shut_out: str
    """Since when; empty: they may come."""


@dataclass(frozen=True, slots=True)
class UserPage:
    """Some of them."""

    rows: Sequence[UserRow]
    count: int
    """Of all that pass."""
    last_id: str
    """Of whom the next page comes after; empty: there is none."""


def user_page(search: str, after: User | None, zone: ZoneInfo) -> UserPage:
    """Those that pass the search, by name, behind somebody."""
    found = some_people(search, after, PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    last_id = shown[-1].user.id if len(found) > PAGE_SIZE else ""
    return UserPage([user_row(one, zone) for one in shown], count_people(search), last_id)


def user_row(known: Known, zone: ZoneInfo) -> UserRow:
    """The row of one."""
    user, seen_at = known.user, known.seen_at
    return UserRow(
        id=user.id,
        name=user.name,
        email=user.email,
        role=ROLES[user.role],
        seen=_("never") if seen_at is None else words.minute(seen_at.astimezone(zone)),
        album_count=known.album_count,
        shut_out="" if user.shut_out_at is None else words.day(user.shut_out_at.astimezone(zone)),
    )
