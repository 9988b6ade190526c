"""The database handle, the base of every model, and how transactions begin."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Connection, Dialect, Engine, ExceptionContext
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

from gallery.errors import Busy, StorageFull

BUSY_TIMEOUT_MS = 30_000
"""How long a transaction waits for another's lock on SQLite."""


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say which instant it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """SQLite's text is read in one step, of which a page takes hundreds."""
        return _read_utc if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware UTC on every engine."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _read_utc(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


_Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
NumberKey = Annotated[int, mapped_column(_Number, primary_key=True)]
"""A row's number: small, for joins; never shown outside."""


class Model(DeclarativeBase):
    """The base of every table's class."""

    registry = registry(
        type_annotation_map={
            datetime: UtcDateTime(),
            str: sa.Text(),
            dict[str, Any]: sa.JSON(),
        },
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Model)


def init_app(app: Flask) -> None:
    """Bind the database to the app."""
    db.init_app(app)


def begin_write() -> None:
    """Start a transaction that will write: on SQLite it takes the write lock now, not half-way through.

    A transaction that began by reading cannot always be raised to a writing one there. What the session
    had read before is let go and read again.
    """
    db.session.rollback()
    db.session.connection(execution_options={"begin_immediate": True})


def begin_snapshot() -> None:
    """Start a transaction that reads: whatever others commit meanwhile, all its queries see one state."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":  # SQLite's transactions are never anything else
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection of its own with the same promise, for an answer that is sent while it is read."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@sa.event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy begins, not the driver: see _begin
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


@sa.event.listens_for(Engine, "handle_error")
def _name(context: ExceptionContext) -> None:
    name_trouble(context.original_exception)


def name_trouble(error: BaseException) -> None:
    """Raise what a driver's error is to people, if it is one that they are told of."""
    code, state = getattr(error, "sqlite_errorcode", None), getattr(error, "sqlstate", None)
    if state == _POSTGRESQL_DEADLOCK:
        raise Busy("Two calls were in each other's way. Nothing was changed; make this one again.") from error
    if code in _SQLITE_FULL or state == _POSTGRESQL_FULL:
        raise StorageFull("The disk of the gallery's database is full. Nothing was recorded.") from error


_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
"""The second: no room for the index of the write-ahead log."""
_POSTGRESQL_FULL, _POSTGRESQL_DEADLOCK = "53100", "40P01"
"""disk_full and deadlock_detected (PostgreSQL, appendix A)."""


@sa.event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        immediate = connection.get_execution_options().get("begin_immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
