"""`/api/v1/image_syncs`: the whole record of any set of images, to the byte."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Annotated

import msgspec
from flask import Blueprint, Response, request

from gallery.api.access import caller, viewer
from gallery.api.answer import JSON
from gallery.api.credential import needs
from gallery.api.filtered_syncs import SyncsAsked, answer_filtered, is_filtered
from gallery.api.image_ids import IDS, BadIds, well_formed
from gallery.api.operation import Given, operation
from gallery.api.paging import CursorInvalid
from gallery.api.received import QueryInvalid
from gallery.db import db
from gallery.errors import NotFound
from gallery.models import seen_documents
from gallery.models.personal_token import Scope
from gallery.models.viewer import Viewer
from gallery.prepared import Reader
from gallery.present.image_record import SyncRecord
from gallery.present.sync_document import join
from gallery.present.zipped_list import are_blocks_kept, zipped_list

blueprint = Blueprint("image_syncs", __name__, url_prefix="/api/v1/image_syncs")


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
        return answer_filtered(user, None if ids is None else well_formed(ids))
    return _answer(_ids_in_query)


@blueprint.post("")
@needs(Scope.READ)
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
    with Reader(db.engine) as reader:
        person = viewer(reader)
        ids = read_ids()
        if ids is not None:
            bodies = seen_documents.bodies(reader, person, well_formed(ids))
            return Response(join(bodies), content_type=JSON)
        can_zip = _takes_gzip() and are_blocks_kept(db.engine)
        is_zipped = can_zip and seen_documents.sees_all(reader, person)
    if is_zipped:
        zipped = zipped_list(db.engine)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(chain([next(zipped)], zipped), content_type=JSON, headers=headers)
    return Response(_array(_batches(person)), content_type=JSON)


def _takes_gzip() -> bool:
    """Whether the caller says so; nobody else gets anything but the plain list."""
    return request.accept_encodings.best_match(("gzip", "identity")) == "gzip"


def _batches(person: Viewer) -> Iterator[Sequence[bytes]]:
    """The stored documents; the first are read here, while an error can still become an answer."""
    batches = seen_documents.stream_bodies(db.engine, person)
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
    if not set(IDS) & request.args.keys():
        return None
    given = [text for name in IDS for text in request.args.getlist(name)]
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
