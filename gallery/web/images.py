"""All images, and one."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery import current, processing
from gallery.access import Action, require
from gallery.db import db
from gallery.jobs import queue_of
from gallery.models.image import find_image
from gallery.models.scope import of_album, of_person
from gallery.models.text import storable
from gallery.present.filters import Filter
from gallery.present.image_page import image_page
from gallery.web.grids import joined, render_grid
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("images", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/images")
def index() -> ResponseReturnValue:
    """The images of every album that the person may see."""
    return render_grid("images/index.html", of_person(current_user), map_path=url_for("maps.index"))


@blueprint.get("/images/<image_id>")
def show(image_id: str) -> ResponseReturnValue:
    """One image; the address's filter says which come before and after it."""
    image = require(Action.SEE, find_image(storable(image_id)))
    wanted, is_among_all = Filter.from_query(request.args), request.args.get("among") == "all"
    scope = of_person(current_user) if is_among_all else of_album(image.album)
    grid = url_for("images.index") if is_among_all else url_for("albums.show", album_id=image.album.id)
    query = wanted.query_string()
    return render_template(
        "images/show.html",
        shown=image_page(image, wanted.where(scope), current.settings(), current.links()),
        grid_url=joined(grid, query),
        image_query=joined("", "&".join(filter(None, (query, "among=all" if is_among_all else "")))),
        tag_query=lambda name: joined("", Filter(tags=(name,)).query_string()),
    )


@blueprint.post("/images/<image_id>/processing")
def process_again(image_id: str) -> ResponseReturnValue:
    """Have one image processed again."""
    image = require(Action.ADD, find_image(storable(image_id)))
    processing.begin_again(image, current.settings())
    number = image.number
    db.session.commit()
    queue_of(current_app).process(number)
    return redirect(url_for("images.show", image_id=image_id), 303)
