"""Images with their revision as a strong ETag, and callers who say which one they know."""

from flask import Response, request

from gallery.api.answer import answer_encoded
from gallery.models.image import Image
from gallery.present.stored_record import stored_record

IF_MATCH = {"If-Match": "The `ETag` of the state that you know: 412 if it is not the present one."}
IF_NONE_MATCH = {"If-None-Match": "The `ETag` that you have: 304 if it is the present one."}


def accepted(revision: str) -> bool:
    """Whether the request is meant for this revision: its `If-Match` names it, or there is none."""
    return "If-Match" not in request.headers or request.if_match.contains(revision)


def answer_image(image: Image, status: int = 200) -> Response:
    """The image's record, or 304 for somebody who has it."""
    record = stored_record(image)
    etag = str(record.seq)
    if request.method == "GET" and request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = answer_encoded(record.body, status)
    response.set_etag(etag)
    return response
