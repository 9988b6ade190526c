"""The page on which an album says where its photographs are expected."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, require
from gallery.db import db
from gallery.editing.album_editing import edit_album
from gallery.editing.revision import PreconditionFailed
from gallery.errors import GalleryError
from gallery.jobs import queue_of
from gallery.language import gettext as _
from gallery.location.area import PlaceInvalid
from gallery.models.album import Album, find_album
from gallery.models.scope import of_album
from gallery.present.album_record import album_record, album_revision
from gallery.present.filters.filter import Filter
from gallery.present.maps.clusters import extent_at_hand
from gallery.web.place_form import PlaceForm
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("album_places", __name__, url_prefix="/albums/<album:album_id>/place")
blueprint.before_request(sign_in_first)


@blueprint.get("")
def edit(album_id: str) -> ResponseReturnValue:
    """The place on a map, and in numbers."""
    album = require(Action.MANAGE, find_album(album_id))
    return _page(album, PlaceForm.of(album.area))


@blueprint.post("")
def update(album_id: str) -> ResponseReturnValue:
    """Expect the pictures there, or nowhere in particular."""
    album, typed = require(Action.MANAGE, find_album(album_id)), PlaceForm.sent(request.form)
    try:
        place = None if "clear" in request.form else typed.area.stored
        edit_album(album, {"place": place}, current.settings(), _seen)
    except (PlaceInvalid, PreconditionFailed) as refusal:
        db.session.rollback()
        return _page(require(Action.MANAGE, find_album(album_id)), typed, refusal)
    db.session.commit()
    queue_of(current_app).place_changed()
    flash(_("The album expects no place any more.") if place is None else _("The expected place is kept."))
    return redirect(url_for("album_places.edit", album_id=album_id), 303)


def _seen(revision: str) -> bool:
    """Whether the form was made of this state of the album."""
    return request.form.get("revision", "") == revision


def _page(album: Album, typed: PlaceForm, refusal: GalleryError | None = None) -> ResponseReturnValue:
    settings, status = current.settings(), refusal.status if refusal else 200
    return render_template(
        "albums/place.html",
        album=album,
        typed=typed,
        revision=album_revision(album_record(album, settings)),
        refusal=str(refusal or ""),
        extent=extent_at_hand(of_album(album), Filter()),
        tiles_url=settings.tiles_url,
    ), 409 if isinstance(refusal, PreconditionFailed) else status
