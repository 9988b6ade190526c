"""Accounts made beside a server that runs, without the second that a command takes to start."""

from collections.abc import Mapping

from gallery import create_app
from gallery.config import load_settings
from gallery.db import db
from gallery.models.token import issue
from gallery.models.user import Role, User


def admins_token(environ: Mapping[str, str]) -> str:
    """A token of a new admin."""
    app = create_app(load_settings(environ))
    with app.app_context():
        user = User.create("admin@example.org", "correct horse", role=Role.ADMIN)
        db.session.add(user)
        db.session.commit()
        text = issue(user, app.config["GALLERY"])
        db.session.remove()
        db.engine.dispose()
    return text
