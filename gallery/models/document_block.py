"""Runs of neighbouring documents, kept as compressed as they are sent.

A block says which documents it was made of: all that were there from one key of the list's order to another,
how many, and the highest number of a change among them. It is good as long as that is so, because whatever
changes, comes or moves there gets a higher number, and whatever goes or moves away is missing in the count.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, NumberKey
from gallery.gzip_member import Piece
from gallery.models.document import SyncDocument
from gallery.prepared import Prepared

Key = tuple[int, datetime, str]
"""Position, time and id of a document: where it stands in the list."""
READ_AT_ONCE = 50
"""Rows that are in memory at a time."""
KEY = (SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)


class DocumentBlock(Model):
    """Documents joined by commas, as one piece of a gzip member."""

    __tablename__ = "document_block"
    __table_args__ = (sa.Index("ix_document_block_first", "first_position", "first_created_at", "first_id"),)

    number: Mapped[NumberKey]
    first_position: Mapped[int]
    first_created_at: Mapped[datetime]
    first_id: Mapped[str] = mapped_column(sa.String(36))
    last_position: Mapped[int]
    last_created_at: Mapped[datetime]
    last_id: Mapped[str] = mapped_column(sa.String(36))
    documents: Mapped[int]
    last_seq: Mapped[int] = mapped_column(sa.BigInteger)
    length_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    crc: Mapped[int] = mapped_column(sa.BigInteger)
    shift: Mapped[int] = mapped_column(sa.BigInteger)
    deflated: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Span(NamedTuple):
    """Where a good block stands."""

    number: int
    documents: int
    first: Key
    last: Key


class Document(NamedTuple):
    """One document of the list."""

    key: Key
    seq: int
    body: bytes


_FIRST = (DocumentBlock.first_position, DocumentBlock.first_created_at, DocumentBlock.first_id)
_LAST = (DocumentBlock.last_position, DocumentBlock.last_created_at, DocumentBlock.last_id)
_LIVE = SyncDocument.deleted_at.is_(None)


def good_spans(connection: sa.Connection) -> list[Span]:
    """Of the blocks that are still so, in the list's order, none over another."""
    rows = connection.execute(_GOOD if connection.dialect.name == "sqlite" else _GOOD_BY_LATERAL)
    spans: list[Span] = []
    for number, documents, *first_and_last in rows:
        keys: list[Any] = first_and_last
        span = Span(number, documents, (keys[0], keys[1], keys[2]), (keys[3], keys[4], keys[5]))
        if not spans or span.first > spans[-1].last:
            spans.append(span)
    return spans


def piece_of_block(connection: sa.Connection, number: int) -> Piece:
    """What is kept of a block."""
    ((*columns,),) = _PIECE.rows_on(connection, wanted=number)
    return Piece(*columns)


def documents_between(
    connection: sa.Connection, after: Key | None, before: Key | None, limit: int | None = None
) -> Iterator[Document]:
    """Those that stand behind one key and in front of another; None: no bound."""
    query = _between(after is not None, before is not None, limit is not None)
    named = zip(_NAMES, ((after or ()), (before or ())), strict=True)
    values = {f"{name}_{nth}": value for name, key in named for nth, value in enumerate(key)}
    for position, created_at, image_id, seq, body in connection.execute(
        query,
        {**values, "most": limit},
        execution_options={"stream_results": True, "yield_per": READ_AT_ONCE},
    ):
        yield Document((position, created_at, image_id), seq, bytes(body or b""))


def count_documents(connection: sa.Connection) -> int:
    """All that are there."""
    return connection.scalar(_COUNT) or 0


def values_of(documents: Sequence[Document], piece: Piece) -> dict[str, Any]:
    """The row of a block."""
    (first_position, first_at, first_id), (last_position, last_at, last_id) = (
        documents[0].key,
        documents[-1].key,
    )
    return {
        **{"first_position": first_position, "first_created_at": first_at, "first_id": first_id},
        **{"last_position": last_position, "last_created_at": last_at, "last_id": last_id},
        "documents": len(documents),
        "last_seq": max(document.seq for document in documents),
        **piece._asdict(),
    }


@lru_cache(maxsize=8)
def _between(is_after: bool, is_before: bool, is_limited: bool) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(*KEY, SyncDocument.seq, SyncDocument.body).where(_LIVE).order_by(*KEY)
    if is_after:
        query = query.where(sa.tuple_(*KEY) > _bound(_NAMES[0]))
    if is_before:
        query = query.where(sa.tuple_(*KEY) < _bound(_NAMES[1]))
    return query.limit(sa.bindparam("most", type_=sa.Integer)) if is_limited else query


def _bound(name: str) -> sa.Tuple:
    return sa.tuple_(*(sa.bindparam(f"{name}_{nth}", type_=column.type) for nth, column in enumerate(KEY)))


_NAMES = ("after", "before")
_IN_BLOCK = sa.and_(_LIVE, sa.tuple_(*KEY).between(sa.tuple_(*_FIRST), sa.tuple_(*_LAST)))
_FACTS = (sa.func.count().label("documents"), sa.func.max(SyncDocument.seq).label("seq"))
_SPANS = sa.select(DocumentBlock.number, DocumentBlock.documents, *_FIRST, *_LAST).order_by(
    *_FIRST, DocumentBlock.number
)
_PRESENT = (
    sa.select(DocumentBlock.number, *_FACTS)
    .join(SyncDocument, _IN_BLOCK)
    .group_by(DocumentBlock.number)
    .subquery()
)
_GOOD = _SPANS.join(_PRESENT, _PRESENT.c.number == DocumentBlock.number).where(
    _PRESENT.c.documents == DocumentBlock.documents, _PRESENT.c.seq == DocumentBlock.last_seq
)
_BESIDE = sa.select(*_FACTS).where(_IN_BLOCK).correlate(DocumentBlock).lateral()
_GOOD_BY_LATERAL = _SPANS.join(
    _BESIDE,
    sa.and_(_BESIDE.c.documents == DocumentBlock.documents, _BESIDE.c.seq == DocumentBlock.last_seq),
)
"""PostgreSQL would compare every document with every block, were it not told to go block by block."""
_COUNT = sa.select(sa.func.count()).where(_LIVE)
_PIECE = Prepared(
    sa.select(
        sa.type_coerce(DocumentBlock.deflated, sa.types.NullType),
        DocumentBlock.length_bytes,
        DocumentBlock.crc,
        DocumentBlock.shift,
    ).where(DocumentBlock.number == sa.bindparam("wanted"))
)
