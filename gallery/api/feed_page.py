"""A page of the change feed: what it holds, and where its reader stands after it."""

import hashlib
from dataclasses import dataclass, replace

from gallery.api import change_cursor
from gallery.api.change_cursor import Cursor
from gallery.config import Settings
from gallery.models.change import Change, changes, documents_of, horizon
from gallery.models.reach import reach_of
from gallery.models.viewer import Viewer
from gallery.prepared import Reader
from gallery.present import change_page


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes, and where the reader stands after them."""

    changes: list[Change]
    cursor: Cursor
    has_more: bool
    is_overdue: bool = False
    """Whether a reader who knows of nothing new must take this cursor, lest theirs grow too old."""

    def body(self, settings: Settings) -> bytes:
        """As JSON."""
        cursor = self.cursor.text(settings)
        return change_page.body(self.changes, cursor, self.has_more, settings.time_zone)

    def etag(self, given: str) -> str:
        """Of the answer to the cursor that was given."""
        last = self.changes[-1].seq if self.changes else 0
        said = f"{given} {last} {len(self.changes)} {self.has_more}"
        if self.is_overdue:
            said += f" {self.cursor.made_on}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def page_after(
    reader: Reader, person: Viewer, album: int, given: str, limit: int, settings: Settings
) -> Page:
    """The changes after the cursor, in the album of this number or (0) in all.

    What changes between the queries has numbers above the newest: it is for another page. Raises
    FeedCursorInvalid and what `change_cursor.resume` raises.
    """
    cursor = Cursor.read(given, settings) if given else None
    newest, forgotten = horizon(reader)
    reach = reach_of(reader, person, album)
    fresh = change_cursor.begin(reach, person, album, newest)
    cursor = cursor or fresh
    given_on, given_seq = cursor.made_on, cursor.seq
    reach, gained = change_cursor.resume(reader, cursor, fresh, reach, forgotten)
    cursor = replace(cursor, made_on=fresh.made_on)
    while catching := cursor.catching or tuple(sorted(gained)):
        cursor = replace(cursor, catching=catching)
        within = [number for number in catching if reach.albums is None or number in reach.albums]
        older = documents_of(reader, within, cursor.caught_up, cursor.seq, limit + 1)
        shown = older[:limit]
        if len(older) > limit:
            return Page(shown, replace(cursor, caught_up=shown[-1].seq), has_more=True)
        cursor = replace(cursor, albums=tuple(sorted(cursor.told)), catching=(), caught_up=0)
        if shown:
            return Page(shown, cursor, has_more=True)
        gained = (reach.albums or frozenset()) - cursor.told
    found = changes(reader, reach, cursor.seq, newest, limit + 1)
    shown, has_more = found[:limit], len(found) > limit
    seq = shown[-1].seq if has_more else max(newest, cursor.seq)
    albums = cursor.albums if has_more else fresh.albums
    is_overdue = seq != given_seq and given_on != fresh.made_on
    return Page(shown, replace(cursor, seq=seq, albums=albums), has_more, is_overdue)
