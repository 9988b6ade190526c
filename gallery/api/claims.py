"""`/api/v1/images/ID/claims`: where an image is said to have been taken, and what speaks against it."""

from flask import Blueprint, Response

from gallery import current
from gallery.access import Action
from gallery.api.access import caller, image_for
from gallery.api.answer import answer
from gallery.api.operation import operation
from gallery.errors import NotFound
from gallery.models.scope import of_person
from gallery.present.claims.record import ClaimsRecord, claims_record

blueprint = Blueprint("api_claims", __name__, url_prefix="/api/v1/images")


@blueprint.get("/<image_id>/claims")
@operation("Read the claims of an image", answers={200: ClaimsRecord}, refusals=(NotFound,))
def index(image_id: str) -> Response:
    """Every source's claim, the distances between them, and each doubt as a sentence with its numbers."""
    image = image_for(caller(), Action.SEE, image_id)
    return answer(claims_record(image, of_person(caller()), current.settings()))
