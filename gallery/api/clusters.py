"""What the map draws: clusters of images as GeoJSON, for the person of the browser's session."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_login import current_user

from gallery import current
from gallery.access import Action, require, signed_in_user
from gallery.errors import GalleryError
from gallery.location.box import Box
from gallery.models.album import find_album
from gallery.models.scope import Condition, of_album, of_person
from gallery.present.clusters import feature_collection
from gallery.present.filters import Filter, FilterInvalid

blueprint = Blueprint("clusters", __name__)
WORLD = Box(-180, -90, 180, 90)
DEEPEST_ZOOM = 24


class SignedOut(GalleryError):
    """Nobody is signed in."""

    code = "signed_out"
    status = 401


@blueprint.get("/api/v1/clusters.geojson")
def index() -> Response:
    """`album`, the filter with its box as `within`, and the view as `bbox` and `zoom`."""
    if signed_in_user() is None:
        raise SignedOut("Sign in to see these images.")
    condition = Filter.from_query(request.args, bbox_key="within").where(_scope())
    answer = jsonify(feature_collection(condition, _view(), _zoom(), current.links(), _page_url))
    answer.mimetype = "application/geo+json"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _scope() -> Condition:
    if "album" not in request.args:
        return of_person(current_user)
    return of_album(require(Action.SEE, find_album(request.args["album"])))


def _view() -> Box:
    if "bbox" not in request.args:
        return WORLD
    try:
        return Box.parse(request.args["bbox"])
    except ValueError as error:
        raise FilterInvalid(f"The address cannot be read: bbox= {error}.") from None


def _zoom() -> int:
    text = request.args.get("zoom", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 2 or int(text) > DEEPEST_ZOOM:
        raise FilterInvalid(
            f"The address cannot be read: zoom= needs a whole number from 0 to {DEEPEST_ZOOM}."
        )
    return int(text)


def _page_url(image_id: str) -> str:
    return url_for("images.show", image_id=image_id)
