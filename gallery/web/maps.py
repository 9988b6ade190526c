"""The map of an album, and of all of them."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery import current
from gallery.access import Action, require, signed_in_user
from gallery.models.album import Album, find_album
from gallery.models.scope import Condition, of_album, of_person
from gallery.present.chips import chip_board
from gallery.present.filter_panel import filter_panel
from gallery.present.filters import Filter
from gallery.present.photo_map import map_shell
from gallery.web.assets import static_url
from gallery.web.exports import export_files
from gallery.web.grids import joined
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("maps", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/map")
def index() -> ResponseReturnValue:
    """Where the images of every album lie that the person may see."""
    return _page(of_person(current_user), None, url_for("images.index"))


@blueprint.get("/albums/<album:album_id>/map")
def album(album_id: str) -> ResponseReturnValue:
    """Where the album's images lie."""
    found = require(Action.SEE, find_album(album_id))
    return _page(of_album(found), found, url_for("albums.show", album_id=found.id))


def _page(scope: Condition, shown: Album | None, grid_path: str) -> str:
    wanted = Filter.from_query(request.args)
    settings, board = current.settings(), chip_board(scope, wanted)
    return render_template(
        "maps/show.html",
        album=shown,
        path=request.path,
        board=board,
        panel=filter_panel(board, signed_in_user()),
        exports=export_files(shown, wanted),
        filter=wanted,
        shell=map_shell(static_url),
        clusters_url=_clusters_url(shown, wanted),
        grid_url=joined(grid_path, wanted.query_string()),
        basemap_url=static_url("basemap/world.pmtiles"),
        tiles_url=settings.tiles_url,
        tiles_attribution=settings.tiles_attribution,
    )


def _clusters_url(shown: Album | None, wanted: Filter) -> str:
    """There the filter's box is called `within`, because `bbox` is what the screen shows."""
    parts = (urlencode({"album": shown.id}) if shown else "", wanted.query_string(bbox_key="within"))
    return joined(url_for("clusters.index"), "&".join(filter(None, parts)))
