"""Errors as programs are told of them: problem documents (RFC 9457)."""

import logging

import msgspec
from flask import Blueprint, Response, request
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from gallery.api.access import Denied, denied
from gallery.errors import GalleryError, NotFound
from gallery.throttle import RateLimited

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct):
    """What went wrong. `code` is stable: branch on it. `detail` is a sentence for people."""

    type: str
    """Where the code is explained, relative to the server."""
    title: str
    """The status in words."""
    status: int
    detail: str
    code: str


def answer_in_json(blueprint: Blueprint) -> None:
    """Render what the blueprint's views raise."""
    blueprint.register_error_handler(Denied, denied)
    blueprint.register_error_handler(GalleryError, _gallery_error)
    blueprint.register_error_handler(ObjectDeletedError, _deleted_meanwhile)
    blueprint.register_error_handler(HTTPException, _http_error)
    blueprint.register_error_handler(Exception, _unforeseen)


def _gallery_error(error: GalleryError) -> Response:
    problem = answer(error.status, error.code, str(error))
    if isinstance(error, RateLimited):
        problem.headers["Retry-After"] = str(error.retry_after_s)
    return problem


def _deleted_meanwhile(_error: ObjectDeletedError) -> Response:
    return answer(NotFound.status, NotFound.code, "It was deleted a moment ago.")


def _http_error(error: HTTPException) -> Response:
    problem = answer(error.code or 500, "http_error", error.description or "The request cannot be answered.")
    problem.headers.extend(
        (name, value)
        for name, value in error.get_headers(request.environ)
        if name.lower() in ("allow", "retry-after")
    )
    return problem


def _unforeseen(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, "internal_error", "Something went wrong on our side. It has been noted.")


def answer(status: int, code: str, error: str) -> Response:
    """A problem as every program is told of it."""
    title = HTTP_STATUS_CODES.get(status) or code.replace("_", " ").capitalize()
    problem = Problem(f"/api/docs#{code}", title, status, error, code)
    return Response(msgspec.json.encode(problem), status, content_type=MEDIA_TYPE)
