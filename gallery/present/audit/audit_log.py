"""The audit chain as it is checked, exported and packed: one object an entry, however many there are."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from gallery.chain import FIELDS, time_text
from gallery.models.audit import AuditEntry

_AT_ONCE = 1_000
_TABLE = AuditEntry.__table__
COLUMNS = tuple(_TABLE.c[name] for name in (*FIELDS, "previous", "hash"))


def entries(
    connection: sa.Connection, after: int | None = None, upto: int | None = None
) -> Iterator[dict[str, Any]]:
    """Those with numbers after the one and up to the other, in order, read a thousand at a time."""
    query = sa.select(*COLUMNS).order_by(_TABLE.c.number).limit(_AT_ONCE)
    if upto is not None:
        query = query.where(_TABLE.c.number <= upto)
    while rows := connection.execute(_from(query, after)).mappings().all():
        yield from ({**row, "at": time_text(row["at"])} for row in rows)
        after = rows[-1]["number"]


def _from(query: sa.Select[Any], after: int | None) -> sa.Select[Any]:
    """A chain that was tampered with may have any numbers, so that nothing is below all of them."""
    return query if after is None else query.where(_TABLE.c.number > after)
