"""The session is a signed cookie for people with browsers; a program's call has none."""

from flask import Flask, Request, Response, g
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class PeopleOnly(SecureCookieSessionInterface):
    """Flask's cookie, kept out of the answers to programs: no `Set-Cookie`, no `Vary: Cookie`."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in the cookie; without cookies no signature needs checking."""
        return super().open_session(app, request) if request.cookies else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the session with a page's answer."""
        if not g.get("is_program"):
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Let the app keep sessions this way."""
    app.session_interface = PeopleOnly()
