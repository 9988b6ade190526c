"""A statement compiled once and run on the driver's own cursor, where microseconds count."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

Row = tuple[Any, ...]


class Reader:
    """A connection of the pool, lent to run prepared statements."""

    def __init__(self, engine: sa.Engine) -> None:
        self.dialect = engine.dialect
        self._connection = engine.raw_connection()
        self.cursor = self._connection.cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cursor.close()
        self._connection.close()


class Prepared:
    """Rows as SQLAlchemy would give them, without what it does at every execution."""

    def __init__(self, statement: sa.Select[*tuple[Any, ...]], expanding: str = "") -> None:
        """`expanding` names the parameter that stands for a list."""
        self._statement, self._expanding = statement, expanding
        self._compiled = lru_cache(maxsize=64)(self._compile)

    def rows(self, reader: Reader, **parameters: Any) -> list[Row]:
        """All rows; an empty list for the expanding parameter finds none."""
        values = parameters.pop(self._expanding, ())
        if self._expanding and not values:
            return []
        text, names, processors = self._compiled(reader.dialect, len(values))
        parameters |= {f"{self._expanding}_{number}": value for number, value in enumerate(values, start=1)}
        reader.cursor.execute(text, parameters if names is None else [parameters[name] for name in names])
        found: list[Row] = reader.cursor.fetchall()  # type: ignore[assignment]
        if not any(processors):
            return found
        return [
            tuple(
                process(value) if process else value for process, value in zip(processors, row, strict=True)
            )
            for row in found
        ]

    def _compile(
        self, dialect: Dialect, count: int
    ) -> tuple[str, Sequence[str] | None, list[Callable[[Any], Any] | None]]:
        """(text, names of its parameters in order or None: they are named, what each column goes through)."""
        plain = self._statement.compile(dialect=dialect)
        values: dict[str, Any] = dict.fromkeys(plain.binds)
        if self._expanding:  # a list's length is part of the text
            values[self._expanding] = [""] * count
        statement = self._statement.params(values)
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        types = [column.type.dialect_impl(dialect) for column in statement.selected_columns]
        processors: list[Callable[[Any], Any] | None] = [
            kind.result_processor(dialect, None) for kind in types
        ]
        return str(compiled), compiled.positiontup, processors


def _processed(process: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if process is None else process(value)
