"""`/api/v1/images`: images found, read, changed and put into the trash."""

from typing import Annotated, Any

from flask import Blueprint, Response, request
from msgspec import UNSET, Meta, UnsetType

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, caller_unread, image_for, image_key_for
from gallery.api.answer import answer_encoded, answer_nothing
from gallery.api.filter_asked import FilterAsked
from gallery.api.operation import Given, operation
from gallery.api.paging import After, CursorInvalid, Limit, key_after, with_next
from gallery.api.received import BodyInvalid, QueryInvalid, body, query
from gallery.api.revisions import IF_MATCH, IF_NONE_MATCH, accepted, answer_image
from gallery.db import db
from gallery.editing.image_editing import Changes, edit
from gallery.editing.revision import PreconditionFailed
from gallery.editing.trash import discard
from gallery.errors import NotFound
from gallery.media.crop import CropInvalid
from gallery.models.scope import of_album, of_person
from gallery.models.tag import TagInvalid
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.filters.narrowing import narrowed
from gallery.present.image_record import ImageRecord
from gallery.present.order import Place
from gallery.present.stored_record import record_page

blueprint = Blueprint("api_images", __name__, url_prefix="/api/v1/images")

Pixels = Annotated[float, Meta(ge=0, description="Of the upright original; all four 0 = no crop.")]
Degrees = Annotated[int, Meta(ge=0, le=270, multiple_of=90, description="Clockwise.")]


class ImagesAsked(FilterAsked, kw_only=True):
    """Which images; the same as in the addresses of pages."""

    limit: Limit = 100
    after: After = ""
    album_id: str = ""
    bbox: Annotated[str, Meta(description="W,S,E,N in degrees; W > E crosses 180°.")] = ""


class ImageChange(Given):
    """What is not named stays as it is."""

    title: str | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    rotation: Degrees | UnsetType = UNSET
    crop_x: Pixels | UnsetType = UNSET
    crop_y: Pixels | UnsetType = UNSET
    crop_w: Pixels | UnsetType = UNSET
    crop_h: Pixels | UnsetType = UNSET
    tags: list[str] | str | UnsetType = UNSET
    """These and no others; a text holds names with commas between."""
    metadatas: dict[str, Any] | UnsetType = UNSET


@blueprint.get("")
@operation(
    "Search images",
    query=ImagesAsked,
    answers={200: list[ImageRecord]},
    refusals=(QueryInvalid, CursorInvalid, FilterInvalid, NotFound),
)
def index() -> Response:
    """Album by album in the order of grids, a page at a time; `Link` leads to the next."""
    user, asked = caller(), query(ImagesAsked)
    album_id = asked.album_id
    scope = of_album(album_for(user, Action.SEE, album_id)) if album_id else of_person(user)
    key = key_after(asked)
    page = record_page(
        narrowed(scope, Filter.from_query(request.args)), Place.of_key(key) if key else None, asked.limit
    )
    return with_next(answer_encoded(page.body), page.last and page.last.key)


@blueprint.get("/<image_id>")
@operation(
    "Read an image", headers=IF_NONE_MATCH, answers={200: ImageRecord, 304: None}, refusals=(NotFound,)
)
def show(image_id: str) -> Response:
    """Its `ETag` changes with every change of the record."""
    return answer_image(image_for(caller(), Action.SEE, image_id))


@blueprint.put("/<image_id>")
@operation(
    "Change an image",
    body=ImageChange,
    body_media=("application/json", "application/x-www-form-urlencoded"),
    headers=IF_MATCH,
    answers={200: ImageRecord},
    refusals=(BodyInvalid, CropInvalid, TagInvalid, PreconditionFailed, NotFound),
)
def update(image_id: str) -> Response:
    """The record afterwards. The original is never changed: crop and rotation say what links deliver."""
    key = image_key_for(caller_unread(), Action.EDIT, image_id)
    changed = edit(key, _changes(body(ImageChange)), current.settings(), accepted)
    response = answer_image(changed)
    db.session.commit()
    return response


@blueprint.delete("/<image_id>")
@operation("Delete an image", headers=IF_MATCH, answers={204: None}, refusals=(PreconditionFailed, NotFound))
def delete(image_id: str) -> Response:
    """It goes into the trash, from where it can be restored."""
    user = caller()
    discard(image_key_for(user, Action.TRASH, image_id), user, current.settings(), accepted)
    db.session.commit()
    return answer_nothing()


def _changes(given: ImageChange) -> Changes:
    values = given.named
    tags = values.pop("tags", None)
    if isinstance(tags, str):
        tags = [name for name in tags.split(",") if name.strip()]
    return Changes(values, tags)
