"""`image_syncs` with something asked: an album, tags, a time, or a page at a time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from flask import Response, request, stream_with_context

from gallery.access import Action
from gallery.api.access import album_for
from gallery.api.answer import JSON
from gallery.api.operation import Asked
from gallery.api.paging import CursorInvalid, Paged, beyond, key_after, with_next
from gallery.api.received import QueryInvalid, query
from gallery.db import db
from gallery.models.document_search import ORDER, Key, Wanted, search
from gallery.models.user import User
from gallery.present.sync_document import join

BATCH = 50
FILTERS = ("album_id", "tags", "updated_since", "limit", "after")


class SyncsAsked(Asked, kw_only=True):
    """Which records."""

    ids: Annotated[str, msgspec.Meta(description="With commas between; also `ids[]=` repeated.")] = ""
    album_id: Annotated[str, msgspec.Meta(description="Only this album.")] = ""
    tags: Annotated[str, msgspec.Meta(description="All of these names, with commas between.")] = ""
    updated_since: Annotated[str, msgspec.Meta(description="ISO 8601 with an offset, or `Z`.")] = ""
    limit: Annotated[int, msgspec.Meta(ge=0, le=1_000, description="A page; 0: all of it.")] = 0
    after: Annotated[str, msgspec.Meta(max_length=2_000, description="Where the page before ended.")] = ""


def is_filtered() -> bool:
    """Whether the request asks for more than ids."""
    return any(name in request.args for name in FILTERS)


def answer_filtered(user: User, image_ids: Sequence[str] | None) -> Response:
    """The array in the contract's order: a page with a `Link` to the next, or all of it as a stream."""
    asked = query(SyncsAsked)
    wanted = Wanted(
        image_ids=image_ids,
        album_number=album_for(user, Action.SEE, asked.album_id).number if asked.album_id else None,
        tags=tuple(filter(None, (name.strip() for name in asked.tags.split(",")))),
        updated_since=_moment(asked.updated_since),
    )
    found = search(user, wanted).where(beyond(ORDER, _key(asked)))
    if not asked.limit:
        return Response(stream_with_context(_stream(found)), content_type=JSON)
    rows = db.session.execute(found.limit(asked.limit + 1)).all()
    shown = rows[: asked.limit]
    response = Response(join(row[0] for row in shown), content_type=JSON)
    return with_next(response, _spoken(shown[-1][1:]) if len(rows) > asked.limit else None)


def _stream(found: sa.Select[*tuple[Any, ...]]) -> Iterator[bytes]:
    separator = b"["
    with db.engine.connect() as connection:
        streaming = connection.execution_options(stream_results=True, yield_per=BATCH)
        with streaming.execute(found) as result:
            for rows in result.partitions(BATCH):
                yield separator + b",".join(row[0] for row in rows)
                separator = b","
    yield b"[]" if separator == b"[" else b"]"


def _key(asked: SyncsAsked) -> Key | None:
    key = key_after(Paged(after=asked.after))
    if key is None:
        return None
    try:
        position, created_at, image_id = key
        return position, datetime.fromisoformat(created_at), image_id
    except (TypeError, ValueError):
        raise CursorInvalid("`after` is not a cursor of this list. Begin without it.") from None


def _spoken(key: Sequence[Any]) -> list[Any]:
    """The key as JSON has it."""
    position, created_at, image_id = key
    return [position, created_at.isoformat(), image_id]


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a bare + of an address arrives as a space
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1 < moment.year < 9999:
        raise QueryInvalid(
            "The address cannot be read: updated_since= needs a time such as 2026-11-23T08:00:00Z."
        )
    return moment
