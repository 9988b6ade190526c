"""All images of which the sources agree are approved at once, after a look at their list."""

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import person
from gallery.db import begin_write, db
from gallery.models.agreement import agreeing
from gallery.models.batch import Deed, create_batch
from gallery.models.image import Image
from gallery.present import order
from gallery.present.grid import grid_page
from gallery.web.asked_queue import asked_queue
from gallery.web.batches import begun
from gallery.web.grids import joined
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("agreeing_reviews", __name__, url_prefix="/review/agreeing")
blueprint.before_request(sign_in_first)


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Which these are."""
    condition = _condition()
    page = grid_page(condition, current.links())
    count = sa.select(sa.func.count()).select_from(Image).where(condition)
    query = asked_queue().wanted.query_string()
    return render_template(
        "reviews/agreeing.html",
        tiles=page.tiles,
        total=db.session.scalar(count),
        path=joined(request.path, query),
        queue_url=joined(url_for("reviews.index"), query),
    )


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Approve them; what is not so any more is left alone."""
    begin_write()
    back = joined(url_for("reviews.index"), asked_queue().wanted.query_string())
    return begun(create_batch(person(), Deed.APPROVE, {}, _condition(), back, order.ORDER))


def _condition() -> sa.ColumnElement[bool]:
    return sa.and_(asked_queue().condition, agreeing())
