"""Every command finds a database that is there and up to date."""

import getpass
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from gallery import current
from gallery.belonging import require_own_store
from gallery.cli.failure import failing_in_words
from gallery.cli.migrations import migrate
from gallery.models import image_words
from gallery.models.audit import Actor, act_as
from gallery.present.sync_document import refresh_documents
from gallery.review.flagging import refresh_flags

P = ParamSpec("P")
R = TypeVar("R")


def prepared(command: Callable[P, R]) -> Callable[P, R]:
    """Run the command with an app context and a database at the newest migration."""

    @with_appcontext
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        prepare()
        return command(*args, **kwargs)

    return cast(Callable[P, R], run)


def prepared_with_originals(command: Callable[P, R]) -> Callable[P, R]:
    """As `prepared`, for a command that reads or writes originals: a folder that is not ours is refused."""

    @with_appcontext
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        failing_in_words(prepare_with_originals)()
        return command(*args, **kwargs)

    return cast(Callable[P, R], run)


def prepare() -> None:
    """Bring the database up to the newest migration, and the stored documents up to the settings."""
    _make_sqlite_folder()
    migrate()
    refresh_documents(current.settings())
    refresh_flags(current.settings())
    image_words.fill()
    act_as(Actor(None, f"command line ({_operator()})"))


def _operator() -> str:
    """The name of the person on this machine, which a container may not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def prepare_with_originals() -> None:
    """Prepare the database, and see that the originals are its own. Raises StoreRefused."""
    prepare()
    require_own_store(current.settings())


def _make_sqlite_folder() -> None:
    url = sa.make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
