"""An export as an answer: made, compressed and sent a few hundred images at a time."""

from datetime import datetime
from itertools import chain, islice

from flask import Response, request

from gallery import current
from gallery.db import db
from gallery.models.scope import Condition
from gallery.present.exports.formats import KINDS, ExportFormat, export
from gallery.present.filters.filter import Filter
from gallery.web.attachment import attachment
from gallery.web.compression import packed


def answer_export(format: ExportFormat, scope: Condition, title: str) -> Response:
    """The scope's images under the address's filter. Raises FilterInvalid."""
    wanted = Filter.from_query(request.args)
    chunks = export(format, db.engine, scope, wanted, current.links(), title)
    begun = list(islice(chunks, 2))  # the first rows are read while an error can still become an answer
    sent = chain(begun, chunks)
    coding = request.accept_encodings.best_match(("br", "gzip"))
    response = Response(packed(sent, coding) if coding else sent, content_type=KINDS[format].media_type)
    if coding:
        response.headers["Content-Encoding"] = coding
    today = datetime.now(current.settings().time_zone).date()
    response.headers["Content-Disposition"] = attachment(f"{title} {today}.{format}")
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Encoding")
    return response
