"""The page on which the photographs of an album are arranged."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import Action, require
from gallery.db import db
from gallery.editing.ordering import put_before
from gallery.errors import NotFound
from gallery.models.album import Album, find_album
from gallery.models.image import Image, find_image
from gallery.models.scope import of_album
from gallery.models.text import storable
from gallery.present import order
from gallery.present.grid import grid_page
from gallery.present.image_page import neighbour
from gallery.present.page_order import page_numbers
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("album_order", __name__, url_prefix="/albums/<album:album_id>/order")
blueprint.before_request(sign_in_first)


@blueprint.get("")
def edit(album_id: str) -> ResponseReturnValue:
    """The photographs in their order, a page at a time."""
    album, keys = require(Action.EDIT, find_album(album_id)), current.settings().signing_keys("cursor")
    cursor = request.args.get("after", "")
    after = order.read_cursor(cursor, keys) if cursor else None
    page = grid_page(page_numbers(of_album(album), after), current.links(), after)
    more = order.cursor_of(order.Place.of(page.last), keys) if page.last else ""
    return render_template("albums/order.html", album=album, page=page, more=more, cursor=cursor)


@blueprint.post("")
def update(album_id: str) -> ResponseReturnValue:
    """Put one photograph before another, or a step earlier or later, or at an end."""
    album = require(Action.EDIT, find_album(album_id))
    image = _image(album, request.form.get("image", ""))
    is_asked, target = _target(album, image)
    if is_asked:
        put_before(image, target, current.settings())
        db.session.commit()
    if request.headers.get("X-Requested-With") == "fetch":
        return "", 204
    path = url_for("album_order.edit", album_id=album_id, after=request.args.get("after"))
    return redirect(f"{path}#image-{request.form['image']}", 303)


def _target(album: Album, image: Image) -> tuple[bool, Image | None]:
    """Whether it moves at all, and before which it shall stand; None: at the end."""
    if before := request.form.get("before", ""):
        return True, _image(album, before)
    scope, way = of_album(album), request.form.get("way", "")
    if way == "first":
        return True, db.session.scalar(order.first_of(scope))
    if way == "earlier":
        earlier = neighbour(scope, image, backwards=True)
        return earlier is not None, earlier
    if way == "later":
        later = neighbour(scope, image, backwards=False)
        return later is not None, later and neighbour(scope, later, backwards=False)
    return way == "last", None


def _image(album: Album, image_id: str) -> Image:
    image = find_image(storable(image_id))
    if image is None or image.album_number != album.number:
        raise NotFound("This photograph is not in the album any more.")
    return image
