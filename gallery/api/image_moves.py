"""`/api/v1/images/move`: let images be another album's."""

from typing import Annotated

from flask import Blueprint, Response
from msgspec import Meta

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, images_for
from gallery.api.answer import answer_encoded
from gallery.api.operation import Given, operation
from gallery.api.received import BodyInvalid, body
from gallery.db import db
from gallery.editing.moving import move
from gallery.errors import NotFound
from gallery.present.image_record import ImageRecord
from gallery.present.stored_record import stored_records

blueprint = Blueprint("image_moves", __name__, url_prefix="/api/v1/images/move")


class Move(Given):
    """Which images, and where to."""

    ids: Annotated[list[str], Meta(min_length=1, max_length=1_000)]
    album_id: str


@blueprint.post("")
@operation("Move images", body=Move, answers={200: list[ImageRecord]}, refusals=(BodyInvalid, NotFound))
def create() -> Response:
    """All of them or none; their records afterwards, in the order of `ids`."""
    user, asked = caller(), body(Move)
    images = images_for(user, Action.EDIT, asked.ids)
    move(images, album_for(user, Action.ADD, asked.album_id), current.settings())
    response = answer_encoded(stored_records(images))
    db.session.commit()
    return response
