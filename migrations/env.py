"""How Alembic reaches the app's database; `flask db …` and every start of the gallery run it."""

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
            compare_type=True,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            context.run_migrations()


run()
