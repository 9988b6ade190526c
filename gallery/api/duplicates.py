"""`/api/v1/images/ID/duplicates`: a second image of the same original."""

from flask import Blueprint, Response, current_app
from msgspec import UNSET, UnsetType

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, image_for
from gallery.api.images import Degrees, Pixels
from gallery.api.operation import Given, operation
from gallery.api.received import BodyInvalid, body
from gallery.api.revisions import answer_image
from gallery.db import db
from gallery.editing.duplication import duplicate
from gallery.errors import NotFound
from gallery.jobs import queue_of
from gallery.media.crop import CropInvalid
from gallery.present.image_record import ImageRecord

blueprint = Blueprint("duplicates", __name__, url_prefix="/api/v1/images/<image_id>/duplicates")


class Duplicate(Given):
    """What shall be different from the image."""

    album_id: str | UnsetType = UNSET
    title: str | UnsetType | None = UNSET
    rotation: Degrees | UnsetType = UNSET
    crop_x: Pixels | UnsetType = UNSET
    crop_y: Pixels | UnsetType = UNSET
    crop_w: Pixels | UnsetType = UNSET
    crop_h: Pixels | UnsetType = UNSET


@blueprint.post("")
@operation(
    "Duplicate an image",
    body=Duplicate,
    body_required=False,
    answers={201: ImageRecord},
    refusals=(BodyInvalid, CropInvalid, NotFound),
)
def create(image_id: str) -> Response:
    """The new image, of the same file, with an id and links of its own. Both bear the same `group_id`."""
    user = caller()
    image = image_for(user, Action.EDIT, image_id)
    values = body(Duplicate).named
    album_id = values.pop("album_id", None)
    album = image.album if album_id is None else album_for(user, Action.ADD, album_id)
    made = duplicate(image, album, values, current.settings())
    response, number = answer_image(made, 201), made.number
    is_waiting = not made.processed and made.processing_error is None
    db.session.commit()
    queue_of(current_app).process(*([number] if is_waiting else []))
    return response
