"""`Idempotency-Key`: a call that was made again, because its answer was lost, does nothing twice.

Every POST of the API takes the header, but for those whose operation says `is_replayable=False`. What was
answered is kept for a day by person, key, method and path; whoever asks again must still be allowed.
"""

import hashlib
import re

import sqlalchemy as sa
from flask import Response, current_app, g, has_request_context, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from gallery.access import Action, may_create_albums, may_within
from gallery.api.access import CREATE, Denied, caller
from gallery.api.operation import operation_of
from gallery.api.received import MAX_BODY_BYTES
from gallery.errors import GalleryError, TooLarge
from gallery.models.kept_answer import (
    AnswerLost,
    CallInProgress,
    Claim,
    KeptAnswer,
    KeyReused,
    claim,
    keep,
    note_done,
    release,
)
from gallery.models.user import User

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Link")
_FINAL = frozenset({400, 404, 409, 410, 412, 413, 415, 422})
"""Refusals that the same call would meet again."""
_SHAPE = re.compile(r"[\x21-\x7e]{1,255}")


class KeyInvalid(GalleryError):
    """The idempotency key is not 1 to 255 visible ASCII characters."""

    code = "idempotency_key_invalid"


KEY_REFUSALS = (KeyInvalid, AnswerLost, CallInProgress, KeyReused)


def begin() -> Response | None:
    """Claim the call before its view, or give its answer. Raises what `claim` does, and Denied."""
    key = request.headers.get(KEY)
    if key is None or not takes_key():
        return None
    user_number, digest = caller().number, _request_digest()
    if not _SHAPE.fullmatch(key):
        raise KeyInvalid("An Idempotency-Key has 1 to 255 visible ASCII characters.")
    name = hashlib.sha256(f"{key}\n{request.method}\n{request.path}".encode()).hexdigest()
    found = claim(user_number, name, digest)
    if isinstance(found, Claim):
        g.claim = found
        return None
    return _replay(found)


def end(response: Response) -> Response:
    """Keep the answer, if it is final."""
    mine: Claim | None = g.pop("claim", None)
    if mine is None:
        return response
    if response.status_code < 400 or response.status_code in _FINAL:
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        keep(mine, response.status_code, headers, g.get("gates", []), response.get_data())
    else:
        release(mine)
    return response


def takes_key() -> bool:
    """Whether the request's operation is one that can be given its answer again."""
    found = operation_of(current_app.view_functions.get(request.endpoint or ""))
    return request.method == "POST" and found is not None and found.is_replayable


def _replay(found: KeptAnswer) -> Response:
    user = caller()
    if not all(_may_still(user, action, number) for action, number in found.gates):
        raise Denied
    response = Response(found.content, found.status, headers=found.headers)
    response.headers[REPLAYED] = "true"
    return response


def _may_still(user: User, action: str, album_number: int) -> bool:
    if action == CREATE:
        return may_create_albums(user)
    return may_within(user, Action(action), album_number)


def _request_digest() -> str:
    """Of the body; of a form with a file, which is not read before its time, only the announced length."""
    digest = hashlib.sha256(request.mimetype.encode())
    if request.mimetype == "multipart/form-data":
        digest.update(str(request.content_length).encode())
        return digest.hexdigest()
    request.max_content_length = MAX_BODY_BYTES
    try:
        digest.update(request.get_data(cache=True))
    except RequestEntityTooLarge:
        raise TooLarge(f"The body may have {MAX_BODY_BYTES:,} bytes at most.") from None
    return digest.hexdigest()


@sa.event.listens_for(Session, "before_commit")
def _note_done(_session: Session) -> None:
    """With what the view does it is committed that it was done."""
    if has_request_context() and (mine := g.get("claim")) is not None:
        note_done(mine)
