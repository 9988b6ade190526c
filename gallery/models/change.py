"""The change feed: what came, changed or went, in the order of commits."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gallery.models.album import Album
from gallery.models.departure import Departure
from gallery.models.document import Site, SyncDocument


@dataclass(frozen=True, slots=True)
class Change:
    """One step: a document as it is now, or that an image is gone from what the reader sees."""

    seq: int
    image_id: str
    album_id: str
    deleted_at: datetime | None
    """None: it is there."""
    body: bytes | None
    position: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The albums that a reader sees, by number."""

    albums: frozenset[int] | None
    """None: all."""
    vanished: frozenset[int] = frozenset()
    """Albums that the reader saw and that do not exist any more: what left them is still told."""

    def holds(self, column: Any) -> sa.ColumnElement[bool]:
        """The rows whose album is within reach."""
        return sa.true() if self.albums is None else column.in_(sorted(self.albums))

    def held(self, column: Any) -> sa.ColumnElement[bool]:
        """The rows whose album is, or was."""
        return sa.true() if self.albums is None else column.in_(sorted(self.albums | self.vanished))


def horizon(connection: sa.Connection) -> tuple[int, int]:
    """(the newest number, the highest that was forgotten).

    Whatever has a number up to the newest is committed: who takes numbers holds the counter until then.
    """
    row = connection.execute(sa.select(Site.last_seq, Site.forgotten_seq)).one()
    return row[0], row[1]


def changes(connection: sa.Connection, reach: Reach, after: int, upto: int, limit: int) -> list[Change]:
    """The changes with numbers after the one and up to the other, in order; of each image the last alone."""
    documents = _documents(connection, reach, after, upto, limit)
    departures = _departures(connection, reach, after, upto, limit)
    merged = heapq.merge(documents, departures, key=lambda change: change.seq)
    return [change for _, change in zip(range(limit), merged, strict=False)]


def documents_of(
    connection: sa.Connection, albums: Sequence[int], after: int, upto: int, limit: int
) -> list[Change]:
    """The documents of a few albums that are there, with numbers between: what a reader newly sees."""
    found = _documents_where(
        SyncDocument.album_number.in_(albums), SyncDocument.deleted_at.is_(None), after, upto, limit
    )
    return [Change(*row) for row in connection.execute(found)]


def _documents(
    connection: sa.Connection, reach: Reach, after: int, upto: int, limit: int
) -> Iterator[Change]:
    found = _documents_where(reach.holds(SyncDocument.album_number), sa.true(), after, upto, limit)
    return (Change(*row) for row in connection.execute(found).all())


def _documents_where(
    albums: sa.ColumnElement[bool], others: sa.ColumnElement[bool], after: int, upto: int, limit: int
) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            SyncDocument.seq,
            SyncDocument.image_id,
            Album.id,
            SyncDocument.deleted_at,
            SyncDocument.body,
            SyncDocument.position,
        )
        .join(Album, Album.number == SyncDocument.album_number)
        .where(SyncDocument.seq > after, SyncDocument.seq <= upto, albums, others)
        .order_by(SyncDocument.seq)
        .limit(limit)
    )


def _departures(
    connection: sa.Connection, reach: Reach, after: int, upto: int, limit: int
) -> Iterator[Change]:
    """Only of images that are not within reach elsewhere: those are told where they are now."""
    is_seen = sa.exists().where(
        SyncDocument.image_id == Departure.image_id,
        SyncDocument.deleted_at.is_(None),
        reach.holds(SyncDocument.album_number),
    )
    found = (
        sa.select(Departure.seq, Departure.image_id, Departure.album_id, Departure.left_at)
        .where(
            Departure.seq > after, Departure.seq <= upto, reach.held(Departure.album_number), sa.not_(is_seen)
        )
        .order_by(Departure.seq)
        .limit(limit)
    )
    return (Change(*row, body=None, position=0) for row in connection.execute(found).all())
