"""The calls that integrators make all day, answered before Flask.

Whatever is not exactly such a call with a good token goes on to Flask, which knows every rule; the rules that
are applied here are the same functions. Flask's own way costs more than the whole of these answers.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from gallery import throttle
from gallery.api import quick_changes, quick_syncs
from gallery.api.access import token_in
from gallery.api.answer import JSON
from gallery.api.headers import contract_headers
from gallery.api.quick import Asking, Environ, Quick
from gallery.config import Settings
from gallery.db import db
from gallery.kept_readers import KeptReaders
from gallery.models import token

log = logging.getLogger(__name__)
_ASKED = {call.PATH: call.asked for call in (quick_syncs, quick_changes)}
Start = Callable[..., Any]


class Front:
    """A WSGI application before another."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.behind, self._settings = app.wsgi_app, settings
        self._counters = app.extensions["throttle"]
        with app.app_context():
            self._readers = KeptReaders(db.engine)
        self._trouble = (SQLAlchemyError, self._readers.driver_error)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a call that is known, or pass it on."""
        asked = _ASKED.get(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "GET" else None
        if asked is not None and (quick := asked(environ)) is not None:
            found = self._answer(environ, quick)
            if found is not None:
                headers, body = found
                start_response("200 OK", headers)
                return [body]
        return self.behind(environ, start_response)

    def _answer(self, environ: Environ, quick: Quick) -> tuple[list[tuple[str, str]], bytes] | None:
        """(headers, body); None: this is something for Flask."""
        started_s = time.perf_counter()
        text = token_in(environ.get("HTTP_AUTHORIZATION", ""))
        if text is None:
            return None
        try:
            said = token.read(text, self._settings)
            if said.personal_id is not None:
                return None
            throttle.count_person_in(self._counters, self._settings, said.user_id)
            with self._readers.lent() as reader:
                found = quick(Asking(said, reader, self._settings))
        except (token.TokenRefused, throttle.RateLimited):
            return None
        except self._trouble:
            log.exception("the database did not answer; trying once more by the ordinary way")
            return None
        if found is None:
            return None
        headers = contract_headers(
            self._settings,
            environ.get("HTTP_X_REQUEST_ID", ""),
            started_s,
            token.renew(said.user_id, said.key),
        )
        headers += found.headers
        headers += (("Content-Type", JSON), ("Content-Length", str(len(found.body))))
        return headers, found.body
