"""The audit chain as people read it, the newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple, Self
from urllib.parse import urlencode

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.errors import GalleryError
from gallery.models.album import Album, find_album
from gallery.models.audit import AuditEntry, Deed
from gallery.models.image import Image, untrashed
from gallery.models.text import storable
from gallery.models.user import find_by_email
from gallery.present import words
from gallery.present.audit.deed_words import detail_list, sentence
from gallery.present.filters.period import NO_PERIOD, Period

PAGE_SIZE = 50
KEYS = ("person", "deed", "album", "image", "from", "to")
_HIGHEST = 2**63 - 1


class AuditFilterInvalid(GalleryError):
    """What the address asks of the audit chain cannot be read."""

    code = "audit_filter_invalid"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries; "" lets all pass."""

    person: str = ""
    """An e-mail address, or the name as it was when they did it."""
    deed: str = ""
    album: str = ""
    image: str = ""
    period: Period = NO_PERIOD
    before: int = _HIGHEST

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Raises AuditFilterInvalid."""
        given = {key: storable(query.get(key, "")).strip() for key in KEYS}
        before = query.get("after", "") or str(_HIGHEST)
        if given["deed"] and given["deed"] not in set(Deed):
            raise AuditFilterInvalid("deed= is none that there is: %(deed)s.", deed=repr(given["deed"][:40]))
        if not (before.isascii() and before.isdigit() and len(before) < 20):
            raise AuditFilterInvalid("after= is not from this gallery.")
        try:
            period = Period.parse(given.pop("from"), given.pop("to"))
        except ValueError as error:
            raise AuditFilterInvalid(f"The address cannot be read: {error}.") from None
        return cls(**given, period=period, before=min(int(before), _HIGHEST))

    def query_string(self, **more: object) -> str:
        """Of the address that says the same."""
        named = {"person": self.person, "deed": self.deed, "album": self.album, "image": self.image}
        named |= {"from": self.period.first, "to": self.period.last}
        return urlencode({name: value for name, value in {**named, **more}.items() if value})

    def where(self, zone: tzinfo) -> sa.ColumnElement[bool]:
        """The entries that pass; days are the zone's."""
        conditions = [AuditEntry.number < self.before, self.period.of(AuditEntry.at, zone)]
        if self.person:
            user = find_by_email(self.person)
            named = AuditEntry.actor_name == self.person
            conditions.append(named if user is None else AuditEntry.actor_number == user.number)
        if self.deed:
            conditions.append(AuditEntry.deed == Deed(self.deed))
        if self.album:
            album = find_album(self.album)
            called = AuditEntry.album_id == self.album
            conditions.append(called if album is None else AuditEntry.album_number == album.number)
        if self.image:
            conditions.append(AuditEntry.image_id == self.image)
        return sa.and_(*conditions)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry."""

    number: int
    when: str
    actor: str
    sentence: str
    details: list[tuple[str, str]]
    image_id: str | None
    """None: it was about no image, or that has no page any more."""
    album_id: str | None
    """As the album was called then."""
    album_now: str | None
    """As it is called now. None: it is gone."""
    hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some of the chain."""

    rows: list[AuditRow]
    more: str
    """What the address of the next page ends with; empty: there is none."""


def audit_page(wanted: AuditFilter, settings: Settings) -> AuditPage:
    """The newest of those that pass, or the newest before a number."""
    query = sa.select(AuditEntry).where(wanted.where(settings.time_zone)).order_by(AuditEntry.number.desc())
    found = db.session.scalars(query.limit(PAGE_SIZE + 1)).all()
    shown = found[:PAGE_SIZE]
    more = wanted.query_string(after=shown[-1].number) if len(found) > PAGE_SIZE else ""
    there = _There.of(shown)
    return AuditPage([_row(entry, there, settings) for entry in shown], more)


class _There(NamedTuple):
    """What of all that entries are about has a page now."""

    image_ids: frozenset[str]
    album_ids: Mapping[int, str]
    """By number."""

    @classmethod
    def of(cls, entries: Sequence[AuditEntry]) -> Self:
        ids = {entry.image_id for entry in entries if entry.image_id}
        numbers = {entry.album_number for entry in entries if entry.album_number}
        images = db.session.scalars(sa.select(Image.id).where(Image.id.in_(ids), untrashed()))
        albums = db.session.execute(sa.select(Album.number, Album.id).where(Album.number.in_(numbers)))
        return cls(frozenset(images), dict(iter(albums)))


def _row(entry: AuditEntry, there: _There, settings: Settings) -> AuditRow:
    return AuditRow(
        number=entry.number,
        when=words.instant(entry.at.astimezone(settings.time_zone)),
        actor=entry.actor_name,
        sentence=sentence(entry.deed, entry.details),
        details=detail_list(entry.deed, entry.details),
        image_id=entry.image_id if entry.image_id in there.image_ids else None,
        album_id=entry.album_id,
        album_now=there.album_ids.get(entry.album_number or 0),
        hash=entry.hash,
    )
