"""Errors as JSON."""

import logging

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from gallery.api.access import Denied, denied
from gallery.errors import GalleryError

log = logging.getLogger(__name__)


def answer_in_json(blueprint: Blueprint) -> None:
    """Render what the blueprint's views raise."""
    blueprint.register_error_handler(Denied, denied)
    blueprint.register_error_handler(GalleryError, _gallery_error)
    blueprint.register_error_handler(HTTPException, _http_error)
    blueprint.register_error_handler(Exception, _unforeseen)


def _gallery_error(error: GalleryError) -> Response:
    return answer(error.status, error.code, str(error))


def _http_error(error: HTTPException) -> Response:
    return answer(error.code or 500, "http_error", error.description or "The request cannot be answered.")


def _unforeseen(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, "internal_error", "Something went wrong on our side. It has been noted.")


def answer(status: int, code: str, error: str) -> Response:
    """An error as every program is told of it."""
    response = jsonify(error=error, code=code)
    response.status_code = status
    return response
