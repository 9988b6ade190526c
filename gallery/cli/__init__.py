"""The command line: a second door to the same functions."""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

_PLACES = {
    "album": "album.album",
    "audit": "audit.audit",
    "db": "migrations.migrations",
    "demo": "demo.demo",
    "evidence": "evidence.evidence",
    "fsck": "fsck.fsck",
    "import": "import_.import_",
    "pull": "pull.pull",
    "renew": "renew.renew",
    "serve": "serve.serve",
    "token": "token.token",
    "user": "user.user",
    "worker": "serve.worker",
}
"""Module and name of each command."""


class Commands(AppGroup):
    """Loads a command when it is asked for: a server needs none, and another command not this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted({*super().list_commands(ctx), *_PLACES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None: there is none."""
        if cmd_name not in _PLACES:
            return super().get_command(ctx, cmd_name)
        module, name = _PLACES[cmd_name].split(".")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli = Commands(app.name)
