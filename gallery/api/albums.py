"""`/api/v1/albums`: the albums that the token may see."""

import uuid
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from flask import Blueprint, Response, current_app, url_for
from msgspec import UNSET, Meta, UnsetType

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, require_creator
from gallery.api.answer import answer, answer_nothing
from gallery.api.operation import Given, operation
from gallery.api.paging import CursorInvalid, Paged, beyond, key_after, with_next
from gallery.api.received import BodyInvalid, QueryInvalid, body, query
from gallery.api.revisions import IF_MATCH, accepted
from gallery.db import begin_write, db
from gallery.editing.album_editing import AlbumNotEmpty, add_album, delete_album, edit_album
from gallery.editing.revision import PreconditionFailed
from gallery.errors import NotFound
from gallery.jobs import queue_of
from gallery.location.area import PlaceInvalid, read_area_text
from gallery.models.album import Album, AlbumExists, AlbumInvalid, visible_albums
from gallery.present.album_record import AlbumRecord, Place, album_record, album_records, album_revision

blueprint = Blueprint("api_albums", __name__, url_prefix="/api/v1/albums")

_ORDER = (sa.func.substr(Album.name, 1, 80, type_=sa.Text()), Album.number)
"""A cursor holds the beginning of a name, which may be of any length."""
Id = Annotated[str, Meta(min_length=1, description="Any string, case-sensitive.")]


_PLACE = (
    "Where its pictures are expected; in a form the same as JSON text. Null or empty: nowhere in particular. "
    "Flags of its images are found again by and by."
)


class AlbumsAsked(Paged, kw_only=True):
    """Which albums."""


class NewAlbum(Given):
    """What the album shall be."""

    id: Annotated[Id, Meta(description="Without it, a UUID.")] | UnsetType = UNSET
    name: Annotated[str, Meta(description="Without it, the id.")] = ""
    description: str = ""


class AlbumChange(Given):
    """What is not named stays as it is."""

    id: Annotated[Id, Meta(description="Rewrites the record of every image.")] | UnsetType = UNSET
    name: Annotated[str, Meta(description="Empty: the id.")] | UnsetType = UNSET
    description: str | UnsetType = UNSET
    place: Annotated[Place | str | None, Meta(description=_PLACE)] | UnsetType = UNSET
    needs_second: (
        Annotated[bool, Meta(description="An image is approved only when two reviewers agree.")] | UnsetType
    ) = UNSET

    @property
    def values(self) -> dict[str, Any]:
        """As `edit_album` takes them. Raises PlaceInvalid."""
        named = self.named
        if "place" in named:
            text = self.place if isinstance(self.place, str) else msgspec.json.encode(self.place).decode()
            area = read_area_text(text)
            named["place"] = area and area.stored
        return named


@blueprint.get("")
@operation(
    "List albums",
    query=AlbumsAsked,
    answers={200: list[AlbumRecord]},
    refusals=(QueryInvalid, CursorInvalid),
)
def index() -> Response:
    """By name, a page at a time; `Link` leads to the next."""
    user, asked = caller(), query(AlbumsAsked)
    albums = visible_albums(user).where(beyond(_ORDER, key_after(asked))).order_by(None).order_by(*_ORDER)
    found = db.session.scalars(albums.limit(asked.limit + 1)).all()
    shown = found[: asked.limit]
    key = (shown[-1].name[:80], shown[-1].number) if len(found) > asked.limit else None
    return with_next(answer(album_records(shown, current.settings())), key)


@blueprint.post("")
@operation(
    "Create an album",
    body=NewAlbum,
    body_required=False,
    answers={201: AlbumRecord},
    refusals=(BodyInvalid, AlbumInvalid, AlbumExists),
)
def create() -> Response:
    """For admins and reviewers. Who creates an album is its first member. `Location` says where it is."""
    user, given = require_creator(caller()), body(NewAlbum)
    begin_write()
    album_id = str(uuid.uuid4()) if given.id is UNSET else given.id
    album = add_album(album_id, name=given.name, description=given.description, member=user)
    db.session.commit()
    response = _answer(album, 201)
    response.headers["Location"] = url_for("api_albums.show", album_id=album.id)
    return response


@blueprint.get("/<album:album_id>")
@operation("Read an album", answers={200: AlbumRecord}, refusals=(NotFound,))
def show(album_id: str) -> Response:
    """One album, its `ETag` for all that is said of it. An admin hears 404 of one that does not exist,
    everybody else 401."""
    return _answer(album_for(caller(), Action.SEE, album_id))


@blueprint.put("/<album:album_id>")
@operation(
    "Change an album",
    body=AlbumChange,
    headers=IF_MATCH,
    answers={200: AlbumRecord},
    refusals=(BodyInvalid, AlbumInvalid, AlbumExists, PlaceInvalid, PreconditionFailed, NotFound),
)
def update(album_id: str) -> Response:
    """For admins. A new `id` changes the album's address and the records of all its images, at once."""
    album = album_for(caller(), Action.MANAGE, album_id)
    changed = edit_album(album, body(AlbumChange).values, current.settings(), accepted)
    response = _answer(changed)
    db.session.commit()
    queue_of(current_app).place_changed()
    return response


@blueprint.delete("/<album:album_id>")
@operation(
    "Delete an album",
    headers=IF_MATCH,
    answers={204: None},
    refusals=(AlbumNotEmpty, PreconditionFailed, NotFound),
)
def delete(album_id: str) -> Response:
    """For admins. Only an album without images, also in the trash, is deleted."""
    delete_album(album_for(caller(), Action.MANAGE, album_id), current.settings(), accepted)
    db.session.commit()
    return answer_nothing()


def _answer(album: Album, status: int = 200) -> Response:
    record = album_record(album, current.settings())
    response = answer(record, status)
    response.set_etag(album_revision(record))
    return response
