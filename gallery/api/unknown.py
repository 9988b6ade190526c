"""Whatever else is asked for below `/api`: the answer is JSON here too."""

from typing import NoReturn

from flask import Blueprint

from gallery.errors import NotFound

blueprint = Blueprint("unknown", __name__, url_prefix="/api")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@blueprint.route("/<anything:address>", methods=METHODS)
def any_address(address: str) -> NoReturn:  # noqa: ARG001  # every address gets the same answer
    """There is nothing, or nothing that takes this method."""
    raise NotFound("The API has nothing at this address for this method.")
