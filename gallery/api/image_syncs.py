"""`/api/v1/image_syncs`: the whole record of any set of images, to the byte."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from flask import Blueprint, Response, request

from gallery.api.access import caller
from gallery.db import db
from gallery.errors import GalleryError
from gallery.models import document
from gallery.models.user import User
from gallery.present.sync_document import join

blueprint = Blueprint("image_syncs", __name__, url_prefix="/api/v1/image_syncs")

MAX_IDS = 1_000
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_CONTENT_TYPE = "application/json; charset=utf-8"


class BadIds(GalleryError):
    """The ids asked for are too many, or not a list."""

    code = "bad_ids"


@blueprint.get("")
def index() -> Response:
    """The records of `ids`, or of every image that the token may see."""
    return _answer(caller(), _ids_in_query())


@blueprint.post("")
def search() -> Response:
    """The same for a list too long for a request line: `{"ids": [...]}`."""
    return _answer(caller(), _ids_in_body())


def _answer(user: User, ids: list[str] | None) -> Response:
    if ids is None:
        return Response(_array(_batches(user)), content_type=_CONTENT_TYPE)
    return Response(join(document.bodies(user, _well_formed(ids))), content_type=_CONTENT_TYPE)


def _batches(user: User) -> Iterator[Sequence[bytes]]:
    """The stored documents; the first are read here, while an error can still become an answer."""
    batches = document.stream_bodies(db.engine, document.visible_bodies(user))
    return chain([next(batches, ())], batches)


def _array(batches: Iterator[Sequence[bytes]]) -> Iterator[bytes]:
    """The array, a batch at a time: memory does not grow with its length."""
    separator = b"["
    for bodies in batches:
        if bodies:
            yield separator + b",".join(bodies)
            separator = b","
    yield b"[]" if separator == b"[" else b"]"


def _ids_in_query() -> list[str] | None:
    if not {"ids", "ids[]"} & request.args.keys():
        return None
    given = request.args.getlist("ids[]") + request.args.getlist("ids")
    return [part for text in given for part in text.split(",")]


def _ids_in_body() -> list[str] | None:
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise BadIds('Send a JSON object such as {"ids": ["…"]}.')
    ids = body.get("ids")
    if ids is None:
        return None
    if not isinstance(ids, list):
        raise BadIds("`ids` must be a list of image ids.")
    return [part for part in ids if isinstance(part, str)]


def _well_formed(ids: list[str]) -> list[str]:
    if len(ids) > MAX_IDS:
        raise BadIds(f"At most {MAX_IDS:,} ids can be asked for at once; these are {len(ids):,}.")
    return list({text.strip().lower() for text in ids if _UUID.fullmatch(text.strip().lower())})
