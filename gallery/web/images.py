"""All images, and one."""

from typing import NamedTuple

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current, processing
from gallery.access import Action, may, person, require, signed_in_user
from gallery.db import db
from gallery.editing.revision import revision_of
from gallery.jobs import queue_of
from gallery.models.image import Image, find_image
from gallery.models.scope import Condition, of_album, of_person
from gallery.models.text import storable
from gallery.present.filters.filter import Filter
from gallery.present.image_page import image_page
from gallery.present.time_order import TimeOrder
from gallery.web.grids import joined, render_grid, render_months
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("images", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/images")
def index() -> ResponseReturnValue:
    """The images of every album that the person may see."""
    return render_grid("images/index.html", of_person(person()), map_path=url_for("maps.index"))


@blueprint.get("/images/months")
def months() -> ResponseReturnValue:
    """When they were taken."""
    return render_months(of_person(person()), "All images")


@blueprint.get("/images/<image_id>")
def show(image_id: str) -> ResponseReturnValue:
    """One image; the address's filter says which come before and after it."""
    image = require(Action.SEE, find_image(storable(image_id)))
    place = place_of(image)
    return render_template(
        "images/show.html",
        shown=image_page(
            image, place.condition, of_person(person()), current.settings(), current.links(), place.by
        ),
        revision=revision_of(image),
        can_edit=may(signed_in_user(), Action.EDIT, image),
        grid_url=place.grid_url,
        image_query=image_query(),
        tiles_url=current.settings().tiles_url,
        tag_query=lambda name: joined("", Filter(tags=(name,)).query_string()),
    )


class Place(NamedTuple):
    """Among which images one is looked at, in which order, and where these are."""

    condition: Condition
    grid_url: str
    by: TimeOrder | None


def place_of(image: Image) -> Place:
    """As the address says, which is the image's album under a filter unless it says otherwise."""
    wanted = Filter.from_query(request.args)
    if _is_among_all():
        scope, grid = of_person(person()), url_for("images.index")
    else:
        scope, grid = of_album(image.album), url_for("albums.show", album_id=image.album.id)
    return Place(wanted.where(scope), joined(grid, wanted.query_string()), wanted.sort)


def image_query() -> str:
    """What the address of a neighbour ends with, its question mark too."""
    query = Filter.from_query(request.args).query_string()
    return joined("", "&".join(filter(None, (query, "among=all" if _is_among_all() else ""))))


def _is_among_all() -> bool:
    return request.args.get("among") == "all"


@blueprint.post("/images/<image_id>/processing")
def process_again(image_id: str) -> ResponseReturnValue:
    """Have one image processed again."""
    image = require(Action.ADD, find_image(storable(image_id)))
    processing.begin_again(image, current.settings())
    number = image.number
    db.session.commit()
    queue_of(current_app).process(number)
    return redirect(url_for("images.show", image_id=image_id), 303)
