"""`/api/v1/image_syncs`: the whole record of any set of images, to the byte."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Annotated

import msgspec
from flask import Blueprint, Response, request

from gallery.api.access import caller, viewer
from gallery.api.filtered_syncs import SyncsAsked, answer_filtered, is_filtered
from gallery.api.operation import Given, operation
from gallery.api.paging import CursorInvalid
from gallery.api.received import QueryInvalid
from gallery.db import db
from gallery.errors import GalleryError, NotFound
from gallery.models import document
from gallery.models.user import Viewer
from gallery.present.image_record import SyncRecord
from gallery.present.sync_document import join

blueprint = Blueprint("image_syncs", __name__, url_prefix="/api/v1/image_syncs")

MAX_IDS = 1_000
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_CONTENT_TYPE = "application/json; charset=utf-8"


class BadIds(GalleryError):
    """The ids asked for are too many, or not a list."""

    code = "bad_ids"


class IdsGiven(Given):
    """The ids of the records; without them, all."""

    ids: Annotated[list[str], msgspec.Meta(max_length=1_000)] | None = None


@blueprint.get("")
@operation(
    "Read whole records",
    query=SyncsAsked,
    answers={200: list[SyncRecord]},
    refusals=(BadIds, QueryInvalid, CursorInvalid, NotFound),
)
def index() -> Response:
    """The records of `ids`, or of every image that the token may see, in the albums' order.

    Ids that are unknown or not visible are left out. With `limit` the answer is a page, and `Link` leads to
    the next.
    """
    if is_filtered():
        user, ids = caller(), _ids_in_query()
        return answer_filtered(user, None if ids is None else _well_formed(ids))
    return _answer(_ids_in_query)


@blueprint.post("")
@operation(
    "Read whole records of many ids",
    body=IdsGiven,
    body_media=("application/json",),
    answers={200: list[SyncRecord]},
    refusals=(BadIds,),
    is_replayable=False,
)
def search() -> Response:
    """The same for a list too long for a request line."""
    return _answer(_ids_in_body)


def _answer(read_ids: Callable[[], list[str] | None]) -> Response:
    with db.engine.connect() as connection:
        person = viewer(connection)
        ids = read_ids()
        if ids is not None:
            bodies = document.bodies(connection, person, _well_formed(ids))
            return Response(join(bodies), content_type=_CONTENT_TYPE)
    return Response(_array(_batches(person)), content_type=_CONTENT_TYPE)


def _batches(person: Viewer) -> Iterator[Sequence[bytes]]:
    """The stored documents; the first are read here, while an error can still become an answer."""
    batches = document.stream_bodies(db.engine, person)
    return chain([next(batches, ())], batches)


def _array(batches: Iterator[Sequence[bytes]]) -> Iterator[bytes]:
    """The array, a batch at a time: memory does not grow with its length."""
    separator = b"["
    for bodies in batches:
        if bodies:
            first, *others = bodies
            yield b",".join([separator + first, *others])
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
    plain = (text.strip().lower() for text in ids)
    return list({text for text in plain if _UUID.fullmatch(text)})
