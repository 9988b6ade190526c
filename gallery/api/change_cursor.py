"""Where a reader of the change feed stands: opaque and signed."""

import time
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from itsdangerous import BadData, URLSafeSerializer

from gallery.config import Settings
from gallery.errors import GalleryError
from gallery.models.reach import Reach, existing
from gallery.models.text import digest
from gallery.models.user import User
from gallery.models.viewer import Viewer
from gallery.prepared import Reader

MOST_NAMED = 500
"""A cursor names so many albums at most; a reader of more begins anew when their albums change."""


class FeedCursorInvalid(GalleryError):
    """The cursor was not made by this feed, or belongs to another `album_id`."""

    code = "cursor_invalid"


class CursorExpired(GalleryError):
    """The cursor is so old that deletions since then are not known any more."""

    code = "cursor_expired"
    status = 410


class CursorScopeChanged(GalleryError):
    """The token sees fewer albums than when the cursor was made."""

    code = "cursor_scope_changed"
    status = 410


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the feed, and what the reader saw there."""

    seq: int = 0
    """The last change told."""
    begun_at: int = 0
    """The newest change when the reader began: what was deleted before never reached them."""
    person: int = 0
    """The reader's number; 0: somebody who sees everything."""
    album: int = 0
    """The album asked for; 0: all."""
    albums: tuple[int, ...] | str = ()
    """The albums seen, by number; a digest where they are many."""
    catching: tuple[int, ...] = ()
    """Those that came within reach since, and whose older documents are being told."""
    caught_up: int = 0
    """The last of these documents told."""
    made_on: int = 0
    """The day, counted from 1970."""

    @classmethod
    def read(cls, text: str, settings: Settings) -> Self:
        """Raises FeedCursorInvalid."""
        try:
            seq, begun_at, person, album, albums, caught_up, *newer = _serializer(settings).loads(text)
            catching, made_on = newer or ((), 0)  # older versions did not say so
        except (BadData, TypeError, ValueError):
            raise FeedCursorInvalid("This is no cursor of this feed. Begin without one.") from None
        known = albums if isinstance(albums, str) else tuple(albums)
        return cls(
            seq, begun_at, person, album, known, tuple(catching), caught_up if catching else 0, made_on
        )

    def text(self, settings: Settings) -> str:
        """As readers get it."""
        known = self.albums if isinstance(self.albums, str) else list(self.albums)
        fields: list[Any] = [self.seq, self.begun_at, self.person, self.album, known, self.caught_up]
        return str(_serializer(settings).dumps([*fields, self.catching, self.made_on]))

    @property
    def told(self) -> frozenset[int]:
        """The albums of which the reader may have images, where they are named."""
        return frozenset(self.catching if isinstance(self.albums, str) else (*self.albums, *self.catching))


def today() -> int:
    """The day, counted from 1970."""
    return int(time.time()) // 86_400


def begin(reach: Reach, person: User | Viewer, album: int, newest: int) -> Cursor:
    """The cursor of somebody who has seen nothing yet."""
    return Cursor(
        begun_at=newest,
        person=0 if person.is_admin else person.number,
        album=album,
        albums=_known(reach),
        made_on=today(),
    )


def resume(
    reader: Reader, cursor: Cursor, fresh: Cursor, reach: Reach, forgotten: int
) -> tuple[Reach, frozenset[int]]:
    """(what is within reach or was, the albums that came within reach since the cursor was made).

    Raises FeedCursorInvalid, CursorExpired and CursorScopeChanged.
    """
    if cursor.album != fresh.album:
        if cursor.album and not existing(reader, {cursor.album}):
            raise _scope_changed()
        raise FeedCursorInvalid("This cursor belongs to another `album_id`. Begin without one.")
    if max(cursor.seq, cursor.begun_at) < forgotten:
        raise CursorExpired(
            "This cursor is older than the deletions that are still known. Forget the copy and begin without "
            "a cursor."
        )
    if cursor.person != fresh.person:
        raise _scope_changed()
    if reach.albums is None or (cursor.albums == fresh.albums and not cursor.catching):
        return reach, frozenset()
    if isinstance(cursor.albums, str) or isinstance(fresh.albums, str):
        raise _scope_changed()
    lost = cursor.told - reach.albums
    if lost and existing(reader, lost):
        raise _scope_changed()
    return replace(reach, vanished=lost), reach.albums - cursor.told


def _scope_changed() -> CursorScopeChanged:
    return CursorScopeChanged(
        "The token sees other albums than when this cursor was made. Forget the copy and begin without a "
        "cursor."
    )


def _known(reach: Reach) -> tuple[int, ...] | str:
    if reach.albums is None:
        return ()
    numbers = tuple(sorted(reach.albums))
    return numbers if len(numbers) <= MOST_NAMED else digest(",".join(map(str, numbers)))


def _serializer(settings: Settings) -> URLSafeSerializer:
    return _serializer_of(settings.derived_keys("cursor"))


@lru_cache(maxsize=16)
def _serializer_of(keys: tuple[bytes, ...]) -> URLSafeSerializer:
    """`keys` as Settings has them: the one that signs first."""
    return URLSafeSerializer(list(reversed(keys)), salt="image_syncs/changes")
