"""How Alembic reaches the app's database; `flask db …` and every start of the gallery run it."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db
UPGRADE_LOCK = 7_401_222
"""Ours: on PostgreSQL, of several processes that start at once, one upgrades and the others wait."""


def run() -> None:
    """Run the migrations in one transaction."""
    with database.engine.connect().execution_options(begin_immediate=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=_is_other_type,
            include_name=_is_of_models,
            include_object=_is_compared,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            context.run_migrations()


WITHOUT_MODEL = ("image_mark", "image_word")
"""How the names of tables begin that migrations write out, with their triggers: no model stands for them."""


def _is_of_models(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not (name or "").startswith(WITHOUT_MODEL)


def _is_other_type(where: Any, _column: Any, _model: Any, there: Any, wanted: Any) -> bool | None:
    """SQLite's integers are of one type, however long their name; None: Alembic decides."""
    are_integers = isinstance(there, sa.Integer) and isinstance(wanted, sa.Integer)
    return False if where.dialect.name == "sqlite" and are_integers else None


def _is_compared(thing: Any, _name: str | None, kind: str, is_reflected: bool, _other: Any) -> bool:
    """What came with a column that was added on SQLite, SQLAlchemy does not read whole: SQLite is asked."""
    connection = context.get_bind()
    if kind != "foreign_key_constraint" or connection.dialect.name != "sqlite":
        return True
    rows = connection.execute(sa.text(f"PRAGMA foreign_key_list({thing.table.name!r})"))
    there = {(row.table, row[3], row.to, row.on_delete) for row in rows}
    found = database.metadata.tables[thing.table.name].foreign_key_constraints if is_reflected else [thing]
    wanted = {
        (key.column.table.name, key.parent.name, key.column.name, one.ondelete or "NO ACTION")
        for one in found
        for key in one.elements
    }
    return wanted != there if is_reflected else not wanted <= there


run()
