"""The whole sync list as gzip, most of it from blocks that were compressed before."""

from collections.abc import Iterator
from itertools import islice

import sqlalchemy as sa

from gallery.db import begin_write, db
from gallery.gzip_member import HEAD, Member, piece_of
from gallery.models.document_block import (
    DocumentBlock,
    Key,
    count_documents,
    documents_between,
    good_spans,
    piece_of_block,
    values_of,
)

BLOCK = 100
"""Documents in a block."""
LEAST = 50
"""Fewer are compressed when they are asked for."""
READ_AT_ONCE = 50


def zipped_list(engine: sa.Engine) -> Iterator[bytes]:
    """Every document there is, of one moment: what it holds is the list to the byte."""
    member, separator = Member(), b"["
    with _snapshot(engine) as connection:
        connection.execute(sa.select(1))  # while an error can still become an answer
        yield HEAD
        spans = good_spans(connection)
        after: Key | None = None
        left = count_documents(connection) - sum(span.documents for span in spans)
        for span in [*spans, None]:
            between = documents_between(connection, after, span.first if span else None) if left else iter(())
            while some := list(islice(between, READ_AT_ONCE)):
                yield member.write(separator + b",".join(document.body for document in some))
                separator, left = b",", left - len(some)
            if span is not None:
                yield member.write(separator) + member.add(piece_of_block(connection, span.number))
                separator, after = b",", span.last
    yield member.write(b"[]" if separator == b"[" else b"]") + member.end()


def are_blocks_kept(engine: sa.Engine) -> bool:
    """PostgreSQL takes longer to see which blocks are good than the plain list takes."""
    return engine.dialect.name == "sqlite"


def fill_blocks(most: int) -> int:
    """Make blocks of documents that are in none, so many at most: how many were made. Commits each."""
    made = 0
    with _snapshot(db.engine) as connection:
        spans = good_spans(connection)
        _forget_all_but([span.number for span in spans])
        after: Key | None = None
        for span in [*spans, None]:
            while made < most:
                before = span.first if span else None
                some = list(documents_between(connection, after, before, BLOCK))
                if len(some) < LEAST:
                    break
                piece = piece_of(b",".join(document.body for document in some))
                begin_write()
                db.session.execute(sa.insert(DocumentBlock), values_of(some, piece))
                db.session.commit()
                made, after = made + 1, some[-1].key
            if span is not None:
                after = span.last
    return made


def _forget_all_but(numbers: list[int]) -> None:
    begin_write()
    known = set(db.session.scalars(sa.select(DocumentBlock.number)))
    stale = sorted(known - set(numbers))
    for start in range(0, len(stale), 500):
        some = stale[start : start + 500]
        db.session.execute(sa.delete(DocumentBlock).where(DocumentBlock.number.in_(some)))
    db.session.commit()


def _snapshot(engine: sa.Engine) -> sa.Connection:
    """All that is read on it is of one moment; SQLite's transactions are never anything else."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection
