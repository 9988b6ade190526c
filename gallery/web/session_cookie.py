"""The session is a signed cookie for people with browsers; a program's call has none."""

from flask import Flask, Response, g
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class PeopleOnly(SecureCookieSessionInterface):
    """Flask's cookie, kept out of the answers to programs: no `Set-Cookie`, no `Vary: Cookie`."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the session with a page's answer."""
        if not g.get("is_program"):
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Let the app keep sessions this way."""
    app.session_interface = PeopleOnly()
