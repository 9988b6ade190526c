"""Whatever else is asked for below `/api`: the answer is JSON here too."""

from typing import NoReturn

from flask import Blueprint, Response

from gallery.api.errors import answer
from gallery.errors import NotFound

blueprint = Blueprint("unknown", __name__, url_prefix="/api")
PREFIX = "/api/"
SENTENCE = "The API has nothing at this address for this method."
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@blueprint.route("/<anything:address>", methods=METHODS)
def any_address(address: str) -> NoReturn:  # noqa: ARG001  # every address gets the same answer
    """There is nothing, or nothing that takes this method."""
    raise NotFound(SENTENCE)


def answer_unroutable() -> Response:
    """The same where a part of the address is none that we make, so that no view of ours is reached."""
    return answer(NotFound.status, NotFound.code, SENTENCE)
