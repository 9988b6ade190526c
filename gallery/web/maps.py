"""The map of an album, and of all of them."""

from urllib.parse import urlencode

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery import current
from gallery.access import Action, require, signed_in_user
from gallery.models.album import Album, find_album
from gallery.models.image import find_image
from gallery.models.scope import Condition, of_album, of_person
from gallery.models.text import storable
from gallery.present.claims.marks import claim_marks
from gallery.present.filters.chips import chip_board
from gallery.present.filters.filter import Filter
from gallery.present.filters.narrowing import narrowed
from gallery.present.filters.panel import filter_panel
from gallery.present.grid import grid_page
from gallery.present.maps.clusters import extent_at_hand
from gallery.present.maps.photo_map import map_shell
from gallery.present.page_order import page_numbers
from gallery.web.assets import static_url
from gallery.web.exports import export_menu
from gallery.web.grids import joined
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("maps", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/map")
def index() -> ResponseReturnValue:
    """Where the images of every album lie that the person may see."""
    return _page(None)


@blueprint.get("/albums/<album:album_id>/map")
def album(album_id: str) -> ResponseReturnValue:
    """Where the album's images lie."""
    return _page(require(Action.SEE, find_album(album_id)))


@blueprint.get("/map/images")
def images() -> ResponseReturnValue:
    """The list beside a map, as a piece of its page: the first images that pass the filter."""
    asked = request.args.get("album")
    shown = require(Action.SEE, find_album(asked)) if asked else None
    scope, grid = _seen(shown)
    wanted = Filter.from_query(request.args)
    numbers = page_numbers(narrowed(scope, wanted), None, wanted.sort)
    page = grid_page(numbers, current.links(), None, wanted.sort)
    grid_url = joined(grid, wanted.query_string())
    return render_template("maps/_images.html", page=page, grid_url=grid_url)


@blueprint.get("/images/<image_id>/claims.json")
def claims(image_id: str) -> ResponseReturnValue:
    """Everything that is claimed of the image's place, as the map draws it."""
    image = require(Action.SEE, find_image(storable(image_id)))
    url = url_for("images.show", image_id=image.id)
    return jsonify(claim_marks(image, url, current.settings().flag_thresholds))


def _seen(shown: Album | None) -> tuple[Condition, str]:
    """The images of one album, or all that the person may see, and the path of their grid."""
    if shown is None:
        return of_person(current_user), url_for("images.index")
    return of_album(shown), url_for("albums.show", album_id=shown.id)


def _page(shown: Album | None) -> str:
    scope, grid_path = _seen(shown)
    wanted = Filter.from_query(request.args)
    settings, board = current.settings(), chip_board(scope, wanted)
    return render_template(
        "maps/show.html",
        album=shown,
        path=request.path,
        board=board,
        panel=filter_panel(board, signed_in_user()),
        exports=export_menu(shown, wanted, board.total),
        filter=wanted,
        shell=map_shell(static_url),
        clusters_url=_clusters_url(shown, wanted),
        extent=extent_at_hand(scope, wanted),
        list_url=_url_of("maps.images", shown, wanted.query_string()),
        claims_url=url_for("maps.claims", image_id="-"),
        grid_url=joined(grid_path, wanted.query_string()),
        tiles_url=settings.tiles_url,
        tiles_attribution=settings.tiles_attribution,
    )


def _clusters_url(shown: Album | None, wanted: Filter) -> str:
    """There the filter's box is called `within`, because `bbox` is what the screen shows."""
    return _url_of("clusters.index", shown, wanted.query_string(bbox_key="within"))


def _url_of(endpoint: str, shown: Album | None, query: str) -> str:
    parts = (urlencode({"album": shown.id}) if shown else "", query)
    return joined(url_for(endpoint), "&".join(filter(None, parts)))
