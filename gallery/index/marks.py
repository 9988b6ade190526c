"""What has changed since a reader looked last, exactly: triggers leave a mark at every change of a row.

On SQLite writers take turns, and the number of a mark says when it came. On PostgreSQL transactions
commit in any order: there a mark carries its transaction's number, and a reader asks for those that its
last snapshot did not see (PostgreSQL 15, section 9.27.3, "Transaction ID and Snapshot Information").
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from gallery.prepared import Prepared

Mark = tuple[int, int]
"""(image number, tag number); tag 0: the image's own row; image 0: the tag's own row."""


class News(NamedTuple):
    """What a reader missed."""

    place: str
    """Where to go on from."""
    marks: list[Mark] | None
    """None: too many, or some are forgotten: read everything anew."""


def place_now(connection: sa.Connection) -> str:
    """Where somebody goes on from who reads everything after this."""
    query = _SQLITE_PLACE if connection.dialect.name == "sqlite" else _POSTGRESQL_PLACE
    return str(connection.execute(query).scalar_one())


def news(connection: sa.Connection, since: str, most: int) -> News:
    """The marks of all that was committed since a place, each once; the connection has begun nothing."""
    return (_sqlite_news if connection.dialect.name == "sqlite" else _postgresql_news)(
        connection, since, most
    )


def forget_marks(connection: sa.Connection, keep: int) -> int:
    """Delete all but the newest marks, in the writing transaction under way: how many. The site notes it."""
    is_sqlite = connection.dialect.name == "sqlite"
    last = connection.execute(_SQLITE_OLD if is_sqlite else _POSTGRESQL_OLD, {"keep": keep}).scalar()
    if last is None:
        return 0
    forgotten = connection.execute(_SQLITE_FORGET if is_sqlite else _POSTGRESQL_FORGET, {"last": last})
    connection.execute(_NOTE_FORGOTTEN, {"last": last})
    return forgotten.rowcount


def _sqlite_news(connection: sa.Connection, since: str, most: int) -> News:
    rows = _SQLITE_NEWS.rows_on(connection, since=int(since), most=most + 1)
    newest, forgotten = rows[0][:2]
    is_lost = newest < int(since) or forgotten > int(since)
    return News(str(newest), None if is_lost else _each_once(rows, most))


def _postgresql_news(connection: sa.Connection, since: str, most: int) -> News:
    rows = _POSTGRESQL_NEWS.rows_on(connection, since=since, most=most + 1)
    place, is_lost = rows[0][:2]
    return News(place, None if is_lost else _each_once(rows, most))


def _each_once(rows: Sequence[Any], most: int) -> list[Mark] | None:
    marks = [(row[2], row[3]) for row in rows if row[2] is not None]
    return None if len(marks) > most else list(dict.fromkeys(marks))


_NEWEST = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'image_mark'), 0)"
"""Also when it is forgotten."""
_SQLITE_PLACE = sa.text(f"SELECT {_NEWEST}")
_SQLITE_NEWS = Prepared(
    sa.text(f"""
        SELECT {_NEWEST}, forgotten_mark, image_number, tag_number
        FROM site LEFT JOIN image_mark ON seq > :since LIMIT :most
    """)  # noqa: S608  # our own words
)
"""One statement, so that the place and the marks are of one snapshot."""
_SQLITE_OLD = sa.text("SELECT seq FROM image_mark ORDER BY seq DESC LIMIT 1 OFFSET :keep")
_SQLITE_FORGET = sa.text("DELETE FROM image_mark WHERE seq <= :last")

_POSTGRESQL_PLACE = sa.text("SELECT pg_current_snapshot()::text")
_POSTGRESQL_NEWS = Prepared(
    sa.text("""
        SELECT place, forgotten_mark >= pg_snapshot_xmin(CAST(:since AS pg_snapshot))::text::bigint,
            image_number, tag_number
        FROM (SELECT pg_current_snapshot()::text AS place, forgotten_mark FROM site) AS now
        LEFT JOIN (
            SELECT image_number, tag_number FROM image_mark
            WHERE xid >= pg_snapshot_xmin(CAST(:since AS pg_snapshot))
                AND NOT pg_visible_in_snapshot(xid, CAST(:since AS pg_snapshot))
            LIMIT :most
        ) AS missed ON true
    """)
)
_POSTGRESQL_OLD = sa.text("""
    SELECT xid::text::bigint FROM (SELECT xid FROM image_mark ORDER BY xid DESC LIMIT 1 OFFSET :keep) AS kept
    WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
""")
"""None while a transaction is older: it may leave marks yet that would be behind the note."""
_POSTGRESQL_FORGET = sa.text("DELETE FROM image_mark WHERE xid <= CAST(CAST(:last AS text) AS xid8)")
_NOTE_FORGOTTEN = sa.text(
    "UPDATE site SET forgotten_mark = CASE WHEN forgotten_mark > :last THEN forgotten_mark ELSE :last END"
)
