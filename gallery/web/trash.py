"""What was deleted, and its way back."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, person, require
from gallery.db import db
from gallery.editing.trash import delete_for_good, restore
from gallery.errors import NotFound
from gallery.jobs import queue_of
from gallery.language import gettext as _
from gallery.models.image import Image
from gallery.models.scope import in_trash_of_person
from gallery.models.text import storable
from gallery.models.trash import find_trashed_image
from gallery.present.trash_board import read_cursor, trash_board
from gallery.web.picture_answer import deliver
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("trash", __name__, url_prefix="/trash")
blueprint.before_request(sign_in_first)


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The trash of every album that the person may see, what was deleted last first."""
    settings = current.settings()
    keys = settings.signing_keys("cursor")
    after = request.args.get("after", "")
    board = trash_board(
        in_trash_of_person(person()), read_cursor(after, keys) if after else None, settings, current.links()
    )
    return render_template(
        "trash/index.html", board=board, is_continued=bool(after), can_purge=person().is_admin
    )


@blueprint.get("/<image_id>/picture.jpg")
def picture(image_id: str) -> ResponseReturnValue:
    """The image small, for those who may bring it back; its links answer nobody any more."""
    image = _trashed(Action.TRASH, image_id)
    response = deliver(image, current.links().shown_chain(image, "c_fit,w_300"), "jpg")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.post("/<image_id>/restoration")
def restore_image(image_id: str) -> ResponseReturnValue:
    """Bring it back to its album."""
    image = restore(_trashed(Action.TRASH, image_id), current.settings())
    number, label = image.number, image.label
    is_waiting = not image.processed and image.processing_error is None
    db.session.commit()
    queue_of(current_app).process(*([number] if is_waiting else []))
    flash(_("“%(label)s” is back in its album.", label=label))
    onward = url_for("images.show", image_id=image_id) if "show" in request.args else url_for("trash.index")
    return redirect(onward, 303)


@blueprint.post("/<image_id>/deletion")
def delete_image(image_id: str) -> ResponseReturnValue:
    """Delete it for good, with its file unless another image is made of it."""
    image = _trashed(Action.PURGE, image_id)
    label = image.label
    if not delete_for_good([image.number], current.settings()):
        raise NotFound("This image is in the trash no longer.")
    flash(_("“%(label)s” is deleted for good.", label=label))
    return redirect(url_for("trash.index"), 303)


def _trashed(action: Action, image_id: str) -> Image:
    return require(action, find_trashed_image(storable(image_id)))
