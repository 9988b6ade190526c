"""The command line: a second door to the same functions."""

from flask import Flask

from gallery.cli import album, audit, demo, evidence, fsck, import_, pull, serve, token, user


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (
        album.album,
        audit.audit,
        demo.demo,
        evidence.evidence,
        fsck.fsck,
        import_.import_,
        pull.pull,
        serve.serve,
        serve.worker,
        token.token,
        user.user,
    ):
        app.cli.add_command(command)
