"""`/api/v1/image_syncs/changes`: what came, changed or went since a cursor."""

import time
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Annotated

import msgspec
from flask import Blueprint, Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, viewer
from gallery.api.answer import JSON
from gallery.api.change_cursor import CursorExpired, CursorScopeChanged, FeedCursorInvalid
from gallery.api.feed_page import Page, page_after
from gallery.api.operation import Asked, operation
from gallery.api.received import QueryInvalid, query
from gallery.db import db
from gallery.errors import NotFound
from gallery.models.change import horizon
from gallery.models.viewer import Viewer
from gallery.prepared import Reader
from gallery.present import change_page
from gallery.present.change_page import Changes
from gallery.present.sync_document import encode

blueprint = Blueprint("image_changes", __name__, url_prefix="/api/v1/image_syncs/changes")

NDJSON = "application/x-ndjson"
LONGEST_WAIT_S = 30
LOOK_EVERY_S = 0.25
MOST_WAITERS = 2
"""Of one process, so that those who wait leave threads to the others; further ones are answered at once."""
LINES_AT_ONCE = 200
_waiters = BoundedSemaphore(MOST_WAITERS)


class ChangesAsked(Asked, kw_only=True):
    """Which changes."""

    cursor: Annotated[str, msgspec.Meta(description="Of the answer before; without it: from the start.")] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 100
    album_id: Annotated[str, msgspec.Meta(description="Only this album.")] = ""
    wait: Annotated[
        int,
        msgspec.Meta(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for a change if there is none."),
    ] = 0


@blueprint.get("")
@operation(
    "Follow changes",
    query=ChangesAsked,
    headers={
        "Accept": f"`{NDJSON}` for all changes up to now, a line each; the last line has the cursor.",
        "If-None-Match": "The `ETag` of an answer to the same address.",
    },
    answers={200: Changes, 304: None},
    answer_media=("application/json", NDJSON),
    refusals=(QueryInvalid, NotFound, FeedCursorInvalid, CursorExpired, CursorScopeChanged),
)
def index() -> ResponseReturnValue:
    """Nothing is missed: the order is that of commits. Deletions are told for 30 days."""
    person, album, asked = _who_asks()
    db.session.rollback()  # nobody who waits or streams must hold a transaction
    if request.accept_mimetypes.best_match(["application/json", NDJSON]) == NDJSON:
        first = _page(person, album, asked.cursor, LINES_AT_ONCE)
        return Response(stream_with_context(_lines(person, album, first)), content_type=NDJSON)
    page = _page(person, album, asked.cursor, asked.limit)
    if asked.wait and not page.changes:
        page = _awaited(person, album, asked, page)
    return _answer(page, asked.cursor)


def _who_asks() -> tuple[Viewer, int, ChangesAsked]:
    """(the person, the number of the album asked for or 0, what else). Raises as `album_for` and `query`."""
    if "album_id" not in request.args:
        with Reader(db.engine) as reader:
            person = viewer(reader)
        return person, 0, query(ChangesAsked)
    user = caller()
    asked = query(ChangesAsked)
    album = album_for(user, Action.SEE, asked.album_id).number if asked.album_id else 0
    return Viewer.of(user), album, asked


def _page(person: Viewer, album: int, given: str, limit: int) -> Page:
    """Read over a connection that is given back. Raises what `page_after` raises."""
    with Reader(db.engine) as reader:
        return page_after(reader, person, album, given, limit, current.settings())


def _awaited(person: Viewer, album: int, asked: ChangesAsked, empty: Page) -> Page:
    """The page once there is something on it, or the empty one when the time is over."""
    if not _waiters.acquire(blocking=False):
        return empty
    try:
        deadline, seen = time.monotonic() + asked.wait, empty.cursor.seq
        while time.monotonic() < deadline:
            time.sleep(LOOK_EVERY_S)
            with Reader(db.engine) as reader:
                newest, _ = horizon(reader)
            if newest > seen:
                page = _page(person, album, asked.cursor, asked.limit)
                if page.changes:
                    return page
                seen = newest
        return empty
    finally:
        _waiters.release()


def _answer(page: Page, given: str) -> ResponseReturnValue:
    response = Response(page.body(current.settings()), content_type=JSON)
    response.set_etag(page.etag(given))
    conditional: ResponseReturnValue = response.make_conditional(request)
    return conditional


def _lines(person: Viewer, album: int, page: Page) -> Iterator[bytes]:
    """Every change up to now, then the cursor; each page over a connection of its own."""
    settings = current.settings()
    yield change_page.lines(page.changes, settings.time_zone)
    while page.has_more:
        page = _page(person, album, page.cursor.text(settings), LINES_AT_ONCE)
        yield change_page.lines(page.changes, settings.time_zone)
    yield encode({"cursor": page.cursor.text(settings)}) + b"\n"
