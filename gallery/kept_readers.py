"""Connections that are kept for the calls that come all day."""

import sqlalchemy as sa

from gallery.prepared import Reader


class KeptReaders:
    """Lends readers again and again, first of all the one that came back last: its pages are in memory.

    The pool takes longer to lend a connection and take it back than SQLite to find a few rows. Nothing is
    held between two uses but the connection: a statement whose rows are all read has no transaction left.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._is_kept = engine.dialect.name == "sqlite"
        self._engine = sa.create_engine(engine.url, poolclass=sa.NullPool) if self._is_kept else engine
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
