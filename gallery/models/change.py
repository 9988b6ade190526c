"""The change feed: what came, changed or went, in the order of commits."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from gallery.models.album import Album
from gallery.models.departure import Departure
from gallery.models.document import Site, SyncDocument
from gallery.models.reach import Reach
from gallery.prepared import Prepared, Reader


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


def horizon(reader: Reader) -> tuple[int, int]:
    """(the newest number, the highest that was forgotten).

    Whatever has a number up to the newest is committed: who takes numbers holds the counter until then.
    """
    newest, forgotten = _HORIZON.rows(reader)[0]
    return newest, forgotten


def changes(reader: Reader, reach: Reach, after: int, upto: int, limit: int) -> list[Change]:
    """The changes with numbers after the one and up to the other, in order; of each image the last alone."""
    bounds = {"after": after, "upto": upto, "most": limit}
    if reach.albums is None:
        documents, departures = _DOCUMENTS.rows(reader, **bounds), _DEPARTURES.rows(reader, **bounds)
    else:
        seen, held = sorted(reach.albums), sorted(reach.albums | reach.vanished)
        documents = _DOCUMENTS_IN.rows(reader, albums=seen, **bounds)
        departures = _DEPARTURES_FROM.rows(reader, albums=seen, held=held, **bounds)
    if not departures:
        return [Change(*row) for row in documents]
    # An image that had come back left again between the two queries: that is for another page.
    there = {image_id for _, image_id, *_ in documents}
    gone = (Change(*row, *_NO_BODY) for row in departures if row[1] not in there)
    merged = heapq.merge((Change(*row) for row in documents), gone, key=lambda change: change.seq)
    return list(islice(merged, limit))


def documents_of(reader: Reader, albums: Sequence[int], after: int, upto: int, limit: int) -> list[Change]:
    """The documents of a few albums that are there, with numbers between: what a reader newly sees."""
    rows = _LIVE_IN.rows(reader, albums=albums, after=after, upto=upto, most=limit)
    return [Change(*row) for row in rows]


_NO_BODY: tuple[Any, ...] = (None, 0)
"""Nor a position."""
_ALBUMS: sa.BindParameter[Any] = sa.bindparam("albums", expanding=True)
_MOST = sa.bindparam("most", type_=sa.Integer)


def _between(seq: sa.SQLColumnExpression[int]) -> tuple[sa.ColumnElement[bool], ...]:
    return seq > sa.bindparam("after"), seq <= sa.bindparam("upto")


_HORIZON = Prepared(sa.select(Site.last_seq, Site.forgotten_seq))
_documents = (
    sa.select(
        SyncDocument.seq,
        SyncDocument.image_id,
        Album.id,
        SyncDocument.deleted_at,
        SyncDocument.body,
        SyncDocument.position,
    )
    .join(Album, Album.number == SyncDocument.album_number)
    .where(*_between(SyncDocument.seq))
    .order_by(SyncDocument.seq)
    .limit(_MOST)
)
_DOCUMENTS = Prepared(_documents)
_documents_in = _documents.where(SyncDocument.album_number.in_(_ALBUMS))
_DOCUMENTS_IN = Prepared(_documents_in, "albums")
_LIVE_IN = Prepared(_documents_in.where(SyncDocument.deleted_at.is_(None)), "albums")

_is_there = (SyncDocument.image_id == Departure.image_id, SyncDocument.deleted_at.is_(None))
_departures = (
    sa.select(Departure.seq, Departure.image_id, Departure.album_id, Departure.left_at)
    .where(*_between(Departure.seq))
    .order_by(Departure.seq)
    .limit(_MOST)
)
"""Only of images that are not within reach elsewhere: those are told where they are now."""
_DEPARTURES = Prepared(_departures.where(~sa.exists().where(*_is_there)))
_DEPARTURES_FROM = Prepared(
    _departures.where(
        Departure.album_number.in_(sa.bindparam("held", expanding=True)),
        ~sa.exists().where(*_is_there, SyncDocument.album_number.in_(_ALBUMS)),
    ),
    *("albums", "held"),
)
