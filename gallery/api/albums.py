"""`/api/v1/albums`: the albums that the token may see."""

from flask import Blueprint, Response

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller
from gallery.api.answer import answer
from gallery.api.operation import operation
from gallery.api.paging import CursorInvalid, Paged, beyond, key_after, with_next
from gallery.api.received import QueryInvalid, query
from gallery.db import db
from gallery.errors import NotFound
from gallery.models.album import Album, visible_albums
from gallery.present.album_record import AlbumRecord, album_record

blueprint = Blueprint("api_albums", __name__, url_prefix="/api/v1/albums")


class AlbumsAsked(Paged, kw_only=True):
    """Which albums."""


@blueprint.get("")
@operation(
    "List albums",
    query=AlbumsAsked,
    answers={200: list[AlbumRecord]},
    refusals=(QueryInvalid, CursorInvalid),
)
def index() -> Response:
    """By name, a page at a time; `Link` leads to the next."""
    user = caller()
    asked = query(AlbumsAsked)
    order = (Album.name, Album.number)
    albums = visible_albums(user).where(beyond(order, key_after(asked))).limit(asked.limit + 1)
    found = db.session.scalars(albums).all()
    shown = found[: asked.limit]
    key = (shown[-1].name, shown[-1].number) if len(found) > asked.limit else None
    return with_next(answer([album_record(album, current.settings()) for album in shown]), key)


@blueprint.get("/<album:album_id>")
@operation("Read an album", answers={200: AlbumRecord}, refusals=(NotFound,))
def show(album_id: str) -> Response:
    """One album. An admin hears 404 of one that does not exist, everybody else 401."""
    return answer(album_record(album_for(caller(), Action.SEE, album_id), current.settings()))
