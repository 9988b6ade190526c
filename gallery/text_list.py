"""A list of texts as one parameter of a statement, which stays the same whatever the list's length."""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def rows_of(parameter: str) -> sa.ColumnElement[str]:
    """The texts of a list, each as the row of a table to be joined.

    SQLite finds what is joined so with less work than what is `IN` a list, of which it would build a tree.
    """
    return _Texts(sa.bindparam(parameter, type_=sa.String)).table_valued("value", name=parameter).c.value


def as_parameter(texts: Iterable[str]) -> str:
    """What the parameter is given, each text once."""
    return msgspec.json.encode(set(texts)).decode()


class _Texts(FunctionElement[str]):
    """Of a JSON array."""

    inherit_cache = True


@compiles(_Texts, "sqlite")
def _of_sqlite(texts: _Texts, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_each({compiler.process(texts.clauses, **more)})"


@compiles(_Texts, "postgresql")
def _of_postgresql(texts: _Texts, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(texts.clauses, **more)} AS json))"
