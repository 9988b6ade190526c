"""`/api/v1/trashed_images`: what was deleted, and can be brought back."""

from flask import Blueprint, Response, current_app

from gallery import current
from gallery.access import Action
from gallery.api.access import caller, trashed_image_for
from gallery.api.answer import answer_encoded, answer_nothing
from gallery.api.operation import operation
from gallery.api.paging import CursorInvalid, Paged, key_after, with_next
from gallery.api.received import QueryInvalid, query
from gallery.api.revisions import answer_image
from gallery.db import db
from gallery.editing.trash import delete_for_good, restore
from gallery.errors import NotFound
from gallery.jobs import queue_of
from gallery.models.scope import in_trash_of_person
from gallery.present.image_record import ImageRecord, TrashedRecord
from gallery.present.trash_list import trash_page

blueprint = Blueprint("trashed_images", __name__, url_prefix="/api/v1/trashed_images")


class TrashedImagesAsked(Paged, kw_only=True):
    """Which images."""


@blueprint.get("")
@operation(
    "List the trash",
    query=TrashedImagesAsked,
    answers={200: list[TrashedRecord]},
    refusals=(QueryInvalid, CursorInvalid),
)
def index() -> Response:
    """Of the albums that the token may see, those deleted first, which are the first to go for good."""
    user, asked = caller(), query(TrashedImagesAsked)
    page = trash_page(in_trash_of_person(user), key_after(asked), asked.limit, current.settings())
    return with_next(answer_encoded(page.body), page.last)


@blueprint.post("/<image_id>/restoration")
@operation("Restore an image", answers={200: ImageRecord}, refusals=(NotFound,))
def create_restoration(image_id: str) -> Response:
    """The image with id, tags, place and links as they were."""
    image = restore(trashed_image_for(caller(), Action.TRASH, image_id), current.settings())
    response, number = answer_image(image), image.number
    is_waiting = not image.processed and image.processing_error is None
    db.session.commit()
    queue_of(current_app).process(*([number] if is_waiting else []))
    return response


@blueprint.delete("/<image_id>")
@operation("Delete an image for good", answers={204: None}, refusals=(NotFound,))
def delete(image_id: str) -> Response:
    """With its file, unless another image is made of it. For admins."""
    image = trashed_image_for(caller(), Action.PURGE, image_id)
    if not delete_for_good([image.number], current.settings()):
        raise NotFound("This image is in the trash no longer.")
    return answer_nothing()
