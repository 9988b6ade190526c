"""Who waits for whom, where flags between two images are found; SQLite has one writer at a time anyway."""

from collections.abc import Collection

import sqlalchemy as sa

_ALL, _ONE = 0x666C6167, 0x666C61
"""Of PostgreSQL's advisory locks: the one of all flags, and the kind that an image's number goes with."""
FEW = 20
"""More are not announced one by one: the server keeps locks in a table of a fixed size."""


def hold_flags(connection: sa.Connection, numbers: Collection[int]) -> None:
    """Until the commit nobody else finds flags, lest two images be compared as neither is yet.

    Announces before it waits whose flags will be found here, so that nobody waits for these images.
    """
    if connection.dialect.name != "postgresql":
        return
    for number in sorted(numbers) if len(numbers) <= FEW else ():
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE, number)))
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ALL)))


def left_to_us(connection: sa.Connection, numbers: Collection[int]) -> set[int]:
    """Those of the images whose flags nobody is about to find, who would wait for us with them in hand."""
    if connection.dialect.name != "postgresql":
        return set(numbers)
    tried = {n: connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_ONE, n))) for n in numbers}
    return {number for number, is_free in tried.items() if is_free}
