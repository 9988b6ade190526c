"""What the map draws: clusters of images as GeoJSON, for the person of the browser's session."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, request, url_for
from flask_login import current_user
from msgspec import Meta

from gallery import current
from gallery.access import Action, require, signed_in_user
from gallery.api.filter_asked import FilterAsked
from gallery.api.operation import operation
from gallery.errors import GalleryError, NotFound
from gallery.location.box import Box
from gallery.models.album import find_album
from gallery.models.scope import Condition, of_album, of_person
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.maps.clusters import feature_collection

blueprint = Blueprint("clusters", __name__)
WORLD = Box(-180, -90, 180, 90)
DEEPEST_ZOOM = 24


class SignedOut(GalleryError):
    """Nobody is signed in."""

    code = "signed_out"
    status = 401


class ClustersAsked(FilterAsked, kw_only=True):
    """What is looked at, and which images."""

    bbox: Annotated[str, Meta(description="The view: W,S,E,N in degrees; W > E crosses 180°.")] = ""
    zoom: Annotated[int, Meta(ge=0, le=DEEPEST_ZOOM)] = 1
    album: str = ""
    within: Annotated[str, Meta(description="Only of this box.")] = ""


@blueprint.get("/api/v1/clusters.geojson")
@operation(
    "Clusters for the map",
    query=ClustersAsked,
    answers={200: dict[str, Any]},
    answer_media=("application/geo+json",),
    refusals=(FilterInvalid, SignedOut, NotFound),
    is_of_session=True,
)
def index() -> Response:
    """A GeoJSON feature for each cell of the view: how many images, where, and one of them."""
    if signed_in_user() is None:
        raise SignedOut("Sign in to see these images.")
    wanted = Filter.from_query(request.args, bbox_key="within")
    found = feature_collection(_scope(), wanted, view_asked(), zoom_asked(), current.links(), _page_url())
    answer = Response(msgspec.json.encode(found), mimetype="application/geo+json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _scope() -> Condition:
    if "album" not in request.args:
        return of_person(current_user)
    return of_album(require(Action.SEE, find_album(request.args["album"])))


def view_asked() -> Box:
    """The part of the world that `bbox=` says. Raises FilterInvalid."""
    if "bbox" not in request.args:
        return WORLD
    try:
        return Box.parse(request.args["bbox"])
    except ValueError as error:
        raise FilterInvalid(f"The address cannot be read: bbox= {error}.") from None


def zoom_asked() -> int:
    """What `zoom=` says. Raises FilterInvalid."""
    text = request.args.get("zoom", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 2 or int(text) > DEEPEST_ZOOM:
        raise FilterInvalid(
            f"The address cannot be read: zoom= needs a whole number from 0 to {DEEPEST_ZOOM}."
        )
    return int(text)


def _page_url() -> Callable[[str], str]:
    """Made once for all: an id is plain letters and digits."""
    before = url_for("images.show", image_id="-")[:-1]
    return lambda image_id: before + image_id
