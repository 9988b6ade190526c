"""The database's migrations. Apart, because a server does not need Alembic, which takes 11 MB."""

import logging
from typing import Any

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import Migrate, upgrade
from flask_migrate.cli import db as theirs

from gallery.config import ROOT
from gallery.db import db

FOLDER = ROOT / "migrations"


@click.group("db", params=theirs.params, commands=theirs.commands)
@with_appcontext
def migrations(**given: Any) -> None:
    """Migrations of the database, which every other command that needs it makes by itself."""
    bind(current_app)
    click.get_current_context().invoke(theirs.callback, **given)


def bind(app: Flask) -> None:
    """Tell Flask-Migrate of the app and its database."""
    if "migrate" not in app.extensions:
        Migrate(app, db, directory=str(FOLDER), render_as_batch=True)


def migrate() -> None:
    """Bring the database of the app up to the newest migration."""
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present != ScriptDirectory(str(FOLDER)).get_current_head():
        logging.getLogger("alembic").setLevel(logging.WARNING)
        bind(current_app)
        upgrade()
