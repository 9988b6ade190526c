"""Who calls: the token in, the renewed token out, and one answer for everybody else."""

import re
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa
from flask import Response, g, request

from gallery import current
from gallery.models import token
from gallery.models.user import User, Viewer, find_by_id, find_viewer

Person = TypeVar("Person", User, Viewer)
_PARAMETER = re.compile(r'\s*token\s*=\s*"?([^",;\s]*)"?\s*', re.IGNORECASE)


class Denied(Exception):
    """No token, a bad one, or no right to the thing asked for."""


def caller() -> User:
    """The person whose token came with the request; the answer will carry a renewed one. Raises Denied."""
    return _caller(find_by_id)


def viewer(connection: sa.Connection) -> Viewer:
    """The same, for calls that only look. Raises Denied."""
    return _caller(lambda user_id: find_viewer(connection, user_id))


def _caller(find: Callable[[str], Person | None]) -> Person:
    text = token_in(request.headers.get("Authorization", ""))
    if text is None:
        raise Denied
    try:
        user_id, issued_at, key = token.read(text, current.settings())
    except token.TokenRefused:
        raise Denied from None
    person = find(user_id)
    if person is None or issued_at < person.tokens_valid_from.timestamp():
        raise Denied
    g.renewed_token = token.renew(user_id, key)
    return person


def token_in(header: str) -> str | None:
    """The token of an Authorization header such as `Token token="T"`, `Token T` or `Bearer T`."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() not in ("token", "bearer"):
        return None
    parts = re.split(r"[,;]", rest)
    for part in parts:
        if found := _PARAMETER.fullmatch(part):
            return found[1] or None
    bare = parts[0].strip().strip('"')
    return bare or None


def denied(_error: Denied) -> Response:
    """401 as the contract has it."""
    response = Response(status=401, mimetype="text/html")
    response.headers["Content-Type"] = "text/html"
    response.headers["X-message"] = "Access denied"
    response.headers["WWW-Authenticate"] = 'Token realm="Application"'
    g.pop("renewed_token", None)
    return response
