"""The albums, and the images of one."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, may_create_albums, person, require
from gallery.models.album import find_album
from gallery.models.scope import of_album
from gallery.present.album_cards import album_cards, count_archived
from gallery.web.grids import render_grid, render_months
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("albums", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Every album that the person may see, but for those put away, or these."""
    archived, user, settings = "archived" in request.args, person(), current.settings()
    return render_template(
        "albums/index.html",
        cards=album_cards(user, current.links(), settings.time_zone, archived=archived),
        archived=archived,
        archived_count=count_archived(user),
        can_create=may_create_albums(user),
    )


@blueprint.get("/albums/<album:album_id>")
def show(album_id: str) -> ResponseReturnValue:
    """The grid."""
    album = require(Action.SEE, find_album(album_id))
    map_path = url_for("maps.album", album_id=album.id)
    return render_grid("albums/show.html", of_album(album), album=album, map_path=map_path)


@blueprint.get("/albums/<album:album_id>/months")
def months(album_id: str) -> ResponseReturnValue:
    """When its images were taken."""
    album = require(Action.SEE, find_album(album_id))
    return render_months(of_album(album), album.name)
