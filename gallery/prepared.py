"""A statement compiled once and run on the driver's own cursor, where microseconds count."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Self

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from gallery.db import UtcDateTime, name_trouble

Row = tuple[Any, ...]
Process = Callable[[Any], Any]
Processes = list[tuple[int, Process]]
Question = sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]]
Deed = sa.Insert | sa.Update | sa.Delete | sa.TextClause


class Reader:
    """A connection of the pool, lent to run prepared statements."""

    def __init__(self, engine: sa.Engine) -> None:
        self.dialect = engine.dialect
        self._connection = engine.raw_connection()
        self.cursor = self._connection.cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, trouble: object, *_: object) -> None:
        self.cursor.close()
        self._connection.close()


class Borrowed:
    """A cursor in the transaction under way; what was not flushed is not seen."""

    def __init__(self, connection: sa.Connection) -> None:
        self.dialect = connection.dialect
        self.cursor = connection.connection.cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """What the driver raised is raised as SQLAlchemy would, so that whoever catches that catches this."""
        self.cursor.close()
        driver_error: type[Exception] = self.dialect.loaded_dbapi.Error
        if isinstance(error, driver_error):
            name_trouble(error)
            raise sa.exc.DBAPIError.instance(None, None, error, driver_error, dialect=self.dialect) from error


class Prepared:
    """Rows as SQLAlchemy would give them, without what it does at every execution."""

    def __init__(self, statement: Question | Deed, *expanding: str) -> None:
        """`expanding` names the parameters of a question that stand for lists."""
        self._statement, self._expanding = statement, expanding
        self._compiled = lru_cache(maxsize=64)(self._compile)

    def rows(self, reader: Reader | Borrowed, **parameters: Any) -> list[Row]:
        """All rows."""
        processes = self._execute(reader, parameters)
        found: list[Row] = reader.cursor.fetchall()  # type: ignore[assignment]
        return [_processed(row, processes) for row in found] if processes else found

    def run(self, reader: Borrowed, **parameters: Any) -> None:
        """Do what it says, in the transaction under way; the session does not learn of it."""
        self._execute(reader, parameters)

    def batches(self, reader: Reader | Borrowed, size: int, **parameters: Any) -> Iterator[list[Row]]:
        """All rows, so many at a time; SQLite looks for those that are asked for, PostgreSQL for all."""
        processes = self._execute(reader, parameters)
        while found := reader.cursor.fetchmany(size):
            yield [_processed(row, processes) for row in found] if processes else found  # type: ignore[misc]

    def _execute(self, reader: Reader | Borrowed, parameters: dict[str, Any]) -> Processes:
        """What the rows are to go through."""
        compiled = self._compiled(reader.dialect, *[len(parameters[name]) for name in self._expanding])
        reader.cursor.execute(compiled.text, compiled.bound(parameters))
        return compiled.found

    def rows_on(self, connection: sa.Connection, **parameters: Any) -> list[Row]:
        """All rows as the transaction under way sees them; what was not flushed is not seen."""
        with Borrowed(connection) as reader:
            return self.rows(reader, **parameters)

    def run_on(self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Do what it says with each of these parameters, in the transaction under way, as `run` does."""
        with Borrowed(connection) as reader:
            compiled = self._compiled(reader.dialect)
            reader.cursor.executemany(compiled.text, [compiled.bound(dict(row)) for row in rows])

    def _compile(self, dialect: Dialect, *counts: int) -> "_Compiled":
        plain = self._statement.compile(dialect=dialect)
        given: list[tuple[str, Process]] = []
        fixed: dict[str, Any] = {}
        for name, bind in plain.binds.items():
            process = _processor_of(bind, dialect)
            if not bind.required:
                fixed[name] = process(bind.value) if process else bind.value
            elif process:
                given.append((name, process))
        if isinstance(self._statement, Deed):
            return _Compiled(str(plain), plain.positiontup, fixed, given, [], [])
        values: dict[str, Any] = {name: None for name, bind in plain.binds.items() if bind.required}
        lengths = dict(zip(self._expanding, counts, strict=True))  # a list's length is part of the text
        values |= {name: [""] * count for name, count in lengths.items()}
        statement = self._statement.params(values)
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        found = [column.type.dialect_impl(dialect) for column in statement.selected_columns]
        return _Compiled(
            str(compiled),
            compiled.positiontup,
            fixed,
            given,
            [(name, [f"{name}_{number + 1}" for number in range(count)]) for name, count in lengths.items()],
            [  # psycopg's floats are what they are, and its processor would want to be told of which type
                (place, process)
                for place, kind in enumerate(found)
                if not isinstance(kind, sa.Float) and (process := kind.result_processor(dialect, None))
            ],
        )


class _Compiled(NamedTuple):
    """A statement for one engine."""

    text: str
    order: Sequence[str] | None
    """Names of the parameters; None: they go by name."""
    fixed: dict[str, Any]
    """Parameters that the statement brings itself."""
    given: list[tuple[str, Process]]
    """What parameters go through, where it is anything."""
    lists: list[tuple[str, list[str]]]
    """The parameters that stand for lists, and under which names their values go."""
    found: Processes
    """What columns go through, by place, where it is anything."""

    def bound(self, parameters: dict[str, Any]) -> Any:
        """The parameters, which are not needed any more, as the driver takes them."""
        for name, process in self.given:
            parameters[name] = process(parameters[name])
        for name, names in self.lists:
            parameters.update(zip(names, parameters.pop(name), strict=True))
        parameters |= self.fixed
        return parameters if self.order is None else [parameters[name] for name in self.order]


def _processor_of(bind: sa.BindParameter[Any], dialect: Dialect) -> Process | None:
    """What a parameter goes through; None: nothing."""
    kind = bind.type.dialect_impl(dialect)
    process = kind.bind_processor(dialect)
    if process and isinstance(kind, UtcDateTime):
        return lru_cache(maxsize=256)(process)  # the time of a token is asked for again and again
    return process


def _processed(row: Row, processes: Processes) -> Row:
    values = list(row)
    for place, process in processes:
        values[place] = process(values[place])
    return tuple(values)
