"""All images of which the sources agree are approved at once, after a look at their list."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer
from pyroaring import BitMap

from gallery import current
from gallery.access import person
from gallery.db import begin_write
from gallery.models.agreement import agreeing
from gallery.models.batch import BatchInvalid, Deed, create_batch
from gallery.models.scope import among
from gallery.present import order
from gallery.present.grid import grid_page
from gallery.present.page_order import PAGE, page_numbers
from gallery.present.reviews.agreeing_list import agreeing_numbers
from gallery.present.shown_image import ShownImage
from gallery.web.asked_queue import asked_queue
from gallery.web.batches import begun
from gallery.web.grids import joined
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("agreeing_reviews", __name__, url_prefix="/review/agreeing")
blueprint.before_request(sign_in_first)
MOST_LISTED = 100_000
"""Of more the first: a form holds no longer list."""


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Which these are."""
    queue, keys = asked_queue(), current.settings().signing_keys("cursor")
    query, after = queue.wanted.query_string(), request.args.get("after", "")
    found = agreeing_numbers(queue, MOST_LISTED)
    place = order.read_cursor(after, keys) if after else None
    page = grid_page(page_numbers(among(found if place else found[:PAGE]), place), current.links(), place)
    return render_template(
        "reviews/agreeing.html",
        tiles=page.tiles,
        total=len(found),
        listed=_signer().sign(urlsafe_b64encode(BitMap(found).serialize())).decode(),
        path=joined(request.path, query),
        more=_more(page.last, query, keys),
        queue_url=joined(url_for("reviews.index"), query),
    )


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Approve what was listed; what is not so any more is left alone, and so is what came since."""
    begin_write()
    queue, listed = asked_queue(), _listed(request.form.get("listed", ""))
    back = joined(url_for("reviews.index"), queue.wanted.query_string())
    wanted = queue.holds(listed) & agreeing()
    return begun(create_batch(person(), Deed.APPROVE, {}, wanted, back, order.ORDER))


def _more(last: ShownImage | None, query: str, keys: list[bytes]) -> str:
    if last is None:
        return ""
    cursor = order.cursor_of(order.Place.of(last), keys)
    return joined(request.path, "&".join(filter(None, (query, f"after={cursor}"))))


def _listed(text: str) -> BitMap:
    """The numbers that a form of ours lists. Raises BatchInvalid."""
    try:
        return BitMap.deserialize(urlsafe_b64decode(_signer().unsign(text)))
    except BadSignature:
        raise BatchInvalid("Look at the list first, then approve it.") from None


def _signer() -> Signer:
    return Signer(current.settings().signing_keys("agreeing list"))
