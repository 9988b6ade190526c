"""What a tag's name is completed with while somebody types."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery.access import Action, require
from gallery.models.album import find_album
from gallery.models.scope import of_album, of_person
from gallery.present.filters import name_list
from gallery.present.tag_names import tag_names
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("tag_names", __name__)
blueprint.before_request(sign_in_first)


@blueprint.get("/tag-names.json")
def index() -> ResponseReturnValue:
    """Some names as an address writes them, each with its count; `album`: of its images alone."""
    album_id, typed = request.args.get("album"), request.args.get("q", "")[:200]
    scope = (
        of_person(current_user) if album_id is None else of_album(require(Action.SEE, find_album(album_id)))
    )
    found = [{"value": name_list.join([name]), "count": count} for name, count in tag_names(scope, typed)]
    answer = jsonify(found)
    answer.headers["Cache-Control"] = "no-store"
    return answer
