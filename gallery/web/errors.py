"""Errors as pages: a status, a sentence, a way on; nothing but the sentence where a picture should be."""

import logging
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from gallery.api import unknown
from gallery.errors import GalleryError
from gallery.language import later
from gallery.throttle import RateLimited
from gallery.web.picture_refusal import PLACES, refusal

_TITLES = (
    *(later("Bad Request"), later("Unauthorized"), later("Forbidden"), later("Not Found")),
    *(later("Method Not Allowed"), later("Conflict"), later("Gone"), later("Precondition Failed")),
    *(later("Request Entity Too Large"), later("Unsupported Media Type"), later("Unprocessable Entity")),
    *(later("Too Many Requests"), later("Internal Server Error"), later("Service Unavailable")),
    later("Insufficient Storage"),
)
"""Phrases of `HTTPStatus` that head a page."""
log = logging.getLogger(__name__)
_SENTENCES = {
    404: later("There is nothing at this address, or it is not shared with you."),
    405: later("This address does not take that kind of request."),
    413: later("That is more than the gallery takes in one request."),
    500: later("Something went wrong on our side. It has been noted."),
}


def init_app(app: Flask) -> None:
    """Render each kind of error once, here."""
    app.register_error_handler(GalleryError, _gallery_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _gallery_error(error: GalleryError) -> Response:
    response = _page(error.status, error.said())
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def _http_error(error: HTTPException) -> Response:
    if request.url_rule is None and request.path.startswith(unknown.PREFIX):
        return unknown.answer_unroutable()
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    said = error.description or later("The request cannot be answered.")
    response = _page(error.code, _SENTENCES.get(error.code, said))
    response.headers.extend((key, value) for key, value in error.get_headers() if key != "Content-Type")
    return response


def _stale_form(_error: CSRFError) -> Response:
    return _page(400, later("This form is too old or was not made here. Load its page again, then send it."))


def _unforeseen(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _page(500, _SENTENCES[500])


def _page(status: int, sentence: str) -> Response:
    if request.path.startswith(PLACES):
        return refusal(status, sentence)
    title = HTTPStatus(status).phrase
    return make_response(
        render_template("errors/show.html", status=status, title=title, sentence=sentence), status
    )
