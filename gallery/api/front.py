"""The call that integrators make all day, answered before Flask: `GET /api/v1/image_syncs?ids=…`.

Whatever is not exactly that call with a good token goes on to Flask, which knows every rule; the rules that
are applied here are the same functions. Flask's own way costs more than the whole of this answer.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from gallery import throttle
from gallery.api.access import token_in
from gallery.api.answer import JSON
from gallery.api.headers import contract_headers
from gallery.api.image_ids import IDS, MAX_IDS, ONE, BadIds, well_formed
from gallery.config import Settings
from gallery.db import db
from gallery.models import token
from gallery.models.seen_documents import bodies_for
from gallery.prepared import KeptReader
from gallery.present.sync_document import join

log = logging.getLogger(__name__)
PATH = "/api/v1/image_syncs"
MOST_QUERY_BYTES = 64 * 1024
_PLAIN = re.compile(f"ids={ONE}(?:,{ONE})*", re.ASCII)
"""As programs ask: nothing to decode and nothing to leave out."""
Environ = dict[str, Any]
Start = Callable[..., Any]


class Front:
    """A WSGI application before another."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.behind, self._settings = app.wsgi_app, settings
        self._counter = app.extensions["throttle"]
        with app.app_context():
            self._reader = KeptReader(db.engine)
        self._trouble = (SQLAlchemyError, self._reader.driver_error)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer the one call, or pass it on."""
        if environ["PATH_INFO"] == PATH and environ["REQUEST_METHOD"] == "GET":
            found = self._answer(environ)
            if found is not None:
                headers, body = found
                start_response("200 OK", headers)
                return [body]
        return self.behind(environ, start_response)

    def _answer(self, environ: Environ) -> tuple[list[tuple[str, str]], bytes] | None:
        """(headers, body); None: this is something for Flask."""
        started_s = time.perf_counter()
        image_ids = _ids(environ.get("QUERY_STRING", ""))
        text = token_in(environ.get("HTTP_AUTHORIZATION", ""))
        if not image_ids or text is None:
            return None
        try:
            said = token.read(text, self._settings)
            if said.personal_id is not None:
                return None
            throttle.count_person_in(self._counter, self._settings, said.user_id)
            with self._reader.lent() as reader:
                signed_at = datetime.fromtimestamp(said.issued_at, UTC)
                bodies = bodies_for(reader, said.user_id, signed_at, image_ids)
        except (token.TokenRefused, throttle.RateLimited):
            return None
        except self._trouble:
            log.exception("the database did not answer; trying once more by the ordinary way")
            return None
        if not bodies:  # nothing that they may see, or nobody who may see anything
            return None
        body = join(bodies)
        headers = contract_headers(
            self._settings,
            environ.get("HTTP_X_REQUEST_ID", ""),
            started_s,
            token.renew(said.user_id, said.key),
        )
        return [*headers, ("Content-Type", JSON), ("Content-Length", str(len(body)))], body


def _ids(query: str) -> list[str] | None:
    """The ids, where nothing else is asked; None: otherwise."""
    if not query or len(query) > MOST_QUERY_BYTES:
        return None
    if _PLAIN.fullmatch(query):
        ids = set(query[4:].split(","))
        return list(ids) if len(ids) <= MAX_IDS else None
    pairs = parse_qsl(query, keep_blank_values=True)
    if not pairs or any(name not in IDS for name, _ in pairs):
        return None
    ordered = [text for wanted in IDS for name, text in pairs if name == wanted]
    try:
        return well_formed([part for text in ordered for part in text.split(",")])
    except BadIds:
        return None
