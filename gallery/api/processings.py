"""`/api/v1/images/ID/processing`: have an image processed again."""

from flask import Blueprint, Response, current_app

from gallery import current, processing
from gallery.access import Action
from gallery.api.access import caller, image_for
from gallery.api.operation import operation
from gallery.db import db
from gallery.errors import NotFound
from gallery.jobs import queue_of
from gallery.present.image_record import SyncRecord

blueprint = Blueprint("processings", __name__, url_prefix="/api/v1/images/<image_id>/processing")


@blueprint.post("")
@operation(
    "Process an image again",
    answers={202: SyncRecord},
    refusals=(NotFound, processing.NoOriginal),
)
def create(image_id: str) -> Response:
    """202 with the image's record as it is until the worker has been there."""
    image = image_for(caller(), Action.ADD, image_id)
    body = processing.begin_again(image, current.settings())
    number = image.number
    db.session.commit()
    queue_of(current_app).process(number)
    return Response(body, 202, content_type="application/json; charset=utf-8")
