"""Connections that are kept for the calls that come all day."""

from typing import Any

import sqlalchemy as sa

from gallery.prepared import Reader

_MAPPED_BYTES = 2 * 1024**3
"""Of a database's file SQLite looks at so much in the system's memory, without a copy of every page."""
_CACHED_KIB = 16 * 1024
"""Of a larger file's rest each reader keeps so much: all pages that lead to the rows of a million images."""


class KeptReaders:
    """Lends readers again and again, first of all the one that came back last: its pages are in memory.

    The pool takes longer to lend a connection and take it back than SQLite to find a few rows. Nothing is
    held between two uses but the connection: a statement whose rows are all read has no transaction left.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._is_kept = engine.dialect.name == "sqlite"
        self._engine = _mapping_engine(engine.url) if self._is_kept else engine
        self._back: list[_KeptReader] = []
        self.driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error

    def lent(self) -> Reader:
        """A reader for nobody else until its `with` ends."""
        if not self._is_kept:
            return Reader(self._engine)
        try:
            return self._back.pop()
        except IndexError:
            return _KeptReader(self._engine, self._back)


class _KeptReader(Reader):
    """Goes back to the others that are kept; after trouble it does not."""

    def __init__(self, engine: sa.Engine, back: "list[_KeptReader]") -> None:
        super().__init__(engine)
        self._back = back

    def __exit__(self, trouble: object, *_: object) -> None:
        if trouble is None:
            self._back.append(self)
        else:
            super().__exit__(trouble)


def _mapping_engine(url: sa.URL) -> sa.Engine:
    """Its connections belong to whoever asked for them."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "connect")
    def widen(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        connection.execute(f"PRAGMA cache_size=-{_CACHED_KIB}")

    return engine
