"""`/api/v1/albums/ID/images`: the images of an album, and another one for it."""

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, current_app, request
from msgspec import Meta

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller
from gallery.api.answer import answer_encoded
from gallery.api.operation import operation
from gallery.api.paging import CursorInvalid, Paged, key_after, with_next
from gallery.api.received import QueryInvalid, query
from gallery.api.upload_form import BadForm, NoFile, received_form
from gallery.db import db
from gallery.errors import Busy, CorruptFile, NotFound, StorageFull, TooLarge, UnsupportedFile
from gallery.ingest import keep
from gallery.jobs import queue_of
from gallery.location.geoip import locate
from gallery.models.scope import of_album
from gallery.particulars import BadLocation, BadMetadatas
from gallery.present.image_record import ImageRecord
from gallery.present.order import Place
from gallery.present.stored_record import record_page
from gallery.present.upload_answer import upload_answer

blueprint = Blueprint("album_images", __name__, url_prefix="/api/v1/albums/<album:album_id>/images")


class AlbumImagesAsked(Paged, kw_only=True):
    """Which images."""


@blueprint.get("")
@operation(
    "List an album's images",
    query=AlbumImagesAsked,
    answers={200: list[ImageRecord]},
    refusals=(QueryInvalid, CursorInvalid, NotFound),
)
def index(album_id: str) -> Response:
    """In the album's order, a page at a time; `Link` leads to the next."""
    album, asked = album_for(caller(), Action.SEE, album_id), query(AlbumImagesAsked)
    key = key_after(asked)
    page = record_page(of_album(album), Place.of_key(key) if key else None, asked.limit)
    return with_next(answer_encoded(page.body), page.last and page.last.key)


_REFUSALS = (
    *(BadForm, NotFound, TooLarge, UnsupportedFile, NoFile, CorruptFile, BadLocation, BadMetadatas),
    *(Busy, StorageFull),
)


class UploadedForm(msgspec.Struct):
    """A file, and what is said about it."""

    file: Annotated[bytes, Meta(extra_json_schema={"format": "binary"})]
    tags: Annotated[list[str] | str, Meta(description="A text holds names with commas between.")] = ""
    title: str = ""
    description: str = ""
    metadatas: Annotated[dict[str, Any] | str, Meta(description="Keys of your own; JSON, if a text.")] = ""
    location: Annotated[
        dict[str, float | str] | str,
        Meta(
            description="`latitude`, `longitude`, `accuracy` (metres), `fixed_at` (a time with an offset); "
            "JSON, if a text."
        ),
    ] = ""


@blueprint.post("")
@operation(
    "Bring an image into an album",
    body=UploadedForm,
    body_media=("multipart/form-data",),
    answers={201: list[ImageRecord], 200: list[ImageRecord]},
    refusals=_REFUSALS,
)
def create(album_id: str) -> Response:
    """Keep the form's file: 201 with its images, or 200 with those that the album has of the same bytes.

    An `Idempotency-Key` is compared with the length of the form, not with its bytes.
    """
    user = caller()
    album, settings = album_for(user, Action.ADD, album_id), current.settings()
    db.session.rollback()  # the body may take minutes, and no transaction must wait for it
    with received_form(settings) as form:
        place = locate(request.remote_addr, settings.geoip_database)
        kept = keep(form.stream, form.particulars.upload(form.filename, album, user, place), settings)
    body, numbers = upload_answer(kept.images, settings), kept.numbers_to_process
    db.session.commit()
    queue_of(current_app).process(*numbers)
    status = 201 if kept.is_new else 200
    return Response(body, status, content_type="application/json; charset=utf-8")
