"""The bounds of a personal token, enforced here for every route of the API."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import after_this_request, current_app, g, request
from werkzeug.wrappers import Response

from gallery.db import db
from gallery.models.personal_token import Grant, Scope
from gallery.models.token_use import is_due, note_use
from gallery.models.user import User
from gallery.models.viewer import Viewer

Person = TypeVar("Person", User, Viewer)
View = TypeVar("View", bound=Callable[..., Any])
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def needs(scope: Scope) -> Callable[[View], View]:
    """Say what a personal token must be for to call the view, where the method does not say it."""

    def mark(view: View) -> View:
        view.scope = scope  # type: ignore[attr-defined]
        return view

    return mark


def scope_of(view: object, method: str) -> Scope:
    """What a personal token must be for: methods that read need `read`, the others `write`."""
    by_method = Scope.READ if method.upper() in _READING else Scope.WRITE
    return getattr(view, "scope", by_method)


def bounded(person: Person, grant: Grant) -> Person | None:
    """The person within the token's albums; None where the token is not for such a call."""
    view = current_app.view_functions[request.endpoint or ""]
    if not grant.has(scope_of(view, request.method)) or _is_beyond(grant):
        return None
    g.grant = grant
    if is_due(grant):
        after_this_request(_note_at_the_end(grant))
    return person if grant.is_everywhere else person.within(grant.number)


def _is_beyond(grant: Grant) -> bool:
    """Webhooks and shares tell what their owner sees, for ever: no token of less can be for them."""
    is_for_ever = (request.blueprint or "").startswith(("webhook", "share"))
    return is_for_ever and not (grant.is_everywhere and grant.has(Scope.READ))


def is_bounded() -> bool:
    """Whether this call is made with a personal token, or with a token got with one."""
    return "grant" in g


def _note_at_the_end(grant: Grant) -> Callable[[Response], Response]:
    """Once the body is sent: its transaction, which may be long, is over then."""
    engine = db.engine

    def note(response: Response) -> Response:
        response.call_on_close(lambda: note_use(engine, grant))
        return response

    return note
