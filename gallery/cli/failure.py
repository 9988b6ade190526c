"""A command that fails says why in a sentence, and exits with 1."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from sqlalchemy.exc import OperationalError

from gallery.cli.terminal import visible
from gallery.config import Settings, load_settings
from gallery.errors import GalleryError, SettingInvalid
from gallery.models.user import User, UserInvalid, find_by_email

P = ParamSpec("P")
R = TypeVar("R")


def failing_in_words(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the gallery's named errors into the command line's."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GalleryError as error:
            raise click.ClickException(visible(str(error))) from error
        except OperationalError as error:
            raise click.ClickException(f"The database cannot be used: {error.orig}") from error

    return run


def settings_in_words() -> Settings:
    """The settings; one that cannot be used ends the process with its sentence, not with a traceback."""
    try:
        return load_settings()
    except SettingInvalid as error:
        raise SystemExit(f"Error: {error}") from None


def known_user(email: str) -> User:
    """The person with this address. Raises UserInvalid."""
    user = find_by_email(email)
    if user is None:
        raise UserInvalid(f"There is nobody with the address {email}; `flask user add` adds people.")
    return user
