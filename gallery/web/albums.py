"""The albums, and the images of one."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery import current
from gallery.access import Action, require
from gallery.models.album import find_album
from gallery.models.scope import of_album
from gallery.present.album_cards import album_cards
from gallery.web.grids import render_grid
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("albums", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Every album that the person may see."""
    cards = album_cards(current_user, current.links(), current.settings().time_zone)
    return render_template("albums/index.html", cards=cards)


@blueprint.get("/albums/<album:album_id>")
def show(album_id: str) -> ResponseReturnValue:
    """The grid."""
    album = require(Action.SEE, find_album(album_id))
    map_path = url_for("maps.album", album_id=album.id)
    return render_grid("albums/show.html", of_album(album), album=album, map_path=map_path)
