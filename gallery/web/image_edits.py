"""An image's words, tags and view are changed on its page, and it is put into the trash."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, person, require
from gallery.db import db
from gallery.editing.image_editing import Changes, edit
from gallery.editing.revision import revision_of
from gallery.editing.trash import discard
from gallery.errors import GalleryError
from gallery.language import gettext as _
from gallery.media.crop import Crop, CropInvalid
from gallery.models.image import Image, find_image
from gallery.models.text import storable
from gallery.present.crop_page import crop_page
from gallery.present.filters import name_list
from gallery.present.image_page import neighbour
from gallery.web.images import image_query, place_of
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("image_edits", __name__, url_prefix="/images/<image_id>")
blueprint.before_request(sign_in_first)
CROP_FIELDS = ("crop_x", "crop_y", "crop_w", "crop_h")
TURNS = {"left": -90, "right": 90}


class TagsInvalid(GalleryError):
    """The line of tags cannot be read."""

    code = "tags_invalid"
    status = 422


@blueprint.post("/words")
def update_words(image_id: str) -> ResponseReturnValue:
    """Set title, description and tags, unless somebody else changed the image meanwhile."""
    image = _editable(image_id)
    values = {name: request.form.get(name, "").strip() for name in ("title", "description")}
    edit(image, Changes(values, _tags(request.form.get("tags", ""))), current.settings(), _seen)
    db.session.commit()
    return _back(image_id)


@blueprint.post("/rotation")
def update_rotation(image_id: str) -> ResponseReturnValue:
    """Turn what is shown by a quarter; the original stays as it is."""
    image = _editable(image_id)
    rotation = (image.rotation + TURNS.get(request.form.get("turn", ""), 0)) % 360
    edit(image, Changes({"rotation": rotation}), current.settings())
    db.session.commit()
    return _back(image_id)


@blueprint.get("/crop")
def edit_crop(image_id: str) -> ResponseReturnValue:
    """The picture with the frame that is shown."""
    return _crop_form(_editable(image_id))


@blueprint.post("/crop")
def update_crop(image_id: str) -> ResponseReturnValue:
    """Show what is in the frame; a frame around everything is none."""
    image = _editable(image_id)
    try:
        crop = _asked_crop(image)
        edit(image, Changes(dict(zip(CROP_FIELDS, crop, strict=True))), current.settings(), _seen)
    except CropInvalid as refusal:
        db.session.rollback()
        return _crop_form(_editable(image_id), refusal.said()), refusal.status
    db.session.commit()
    return _back(image_id)


@blueprint.post("/trash")
def discard_image(image_id: str) -> ResponseReturnValue:
    """Put it into the trash, and go where the next image is."""
    image = require(Action.TRASH, find_image(storable(image_id)))
    place, label = place_of(image), image.label
    next_image = neighbour(place.condition, image, backwards=False, by=place.by)
    onward = place.grid_url
    if next_image is not None:
        onward = url_for("images.show", image_id=next_image.id) + image_query()
    discard(image, person(), current.settings())
    db.session.commit()
    flash(
        _("“%(label)s” is in the trash.", label=label),
        url_for("trash.restore_image", image_id=image_id, show=1),
    )
    return redirect(onward, 303)


def _editable(image_id: str) -> Image:
    return require(Action.EDIT, find_image(storable(image_id)))


def _seen(revision: str) -> bool:
    """Whether the form was made of this state of the image."""
    return request.form.get("revision", "") == revision


def _tags(line: str) -> list[str]:
    try:
        return list(dict.fromkeys(filter(None, (name.strip() for name in name_list.parse(line)))))
    except ValueError as error:
        raise TagsInvalid(f"The tags cannot be read: {error}.") from None


def _asked_crop(image: Image) -> Crop:
    try:
        crop = Crop(*(float(request.form.get(name) or 0) for name in ("x", "y", "w", "h")))
    except ValueError:
        raise CropInvalid("A crop is four numbers of pixels.") from None
    whole = (0, 0, image.original_width_px, image.original_height_px)
    return Crop(0.0, 0.0, 0.0, 0.0) if tuple(crop) == whole else crop


def _crop_form(image: Image, refusal: str = "") -> str:
    shown = crop_page(image, current.links())
    return render_template(
        "images/crop.html", shown=shown, revision=revision_of(image), query=image_query(), refusal=refusal
    )


def _back(image_id: str) -> ResponseReturnValue:
    return redirect(url_for("images.show", image_id=image_id) + image_query(), 303)
