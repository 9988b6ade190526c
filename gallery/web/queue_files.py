"""What the queue shows, taken along: as a file for other programs, or as evidence for others."""

import sqlalchemy as sa
from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from gallery.access import person
from gallery.db import begin_write
from gallery.models.batch import Deed, create_batch
from gallery.models.scope import of_person
from gallery.present.exports.formats import ExportFormat
from gallery.present.reviews.queue import ReviewQueue, for_reviewer
from gallery.present.reviews.queue_place import ORDER
from gallery.web.asked_queue import asked_queue, query_of
from gallery.web.batches import begun
from gallery.web.export_answer import answer_export
from gallery.web.exports import FORMAT, ExportMenu
from gallery.web.grids import joined
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("queue_files", __name__, url_prefix="/review")
blueprint.before_request(sign_in_first)
TITLE = "Review queue"


@blueprint.get(f"/export.{FORMAT}")
def export(format: str) -> ResponseReturnValue:
    """The images of the address's part; its filter is asked of the database."""
    scope = sa.and_(of_person(person()), for_reviewer(person()), asked_queue().part.condition)
    return answer_export(ExportFormat(format), scope, TITLE)


@blueprint.post("/evidence")
def pack() -> ResponseReturnValue:
    """The same images as an evidence pack, in the order of the queue."""
    begin_write()
    queue = asked_queue()
    back = joined(url_for("reviews.index"), query_of(queue))
    return begun(create_batch(person(), Deed.EVIDENCE, {}, queue.shown, back, ORDER))


def queue_menu(queue: ReviewQueue, count: int) -> ExportMenu:
    """How the images of the queue's part, which are so many, can be taken along."""
    query = query_of(queue)
    urls = {
        format: joined(url_for("queue_files.export", format=format.value), query) for format in ExportFormat
    }
    return ExportMenu.of(urls, joined(url_for("queue_files.pack"), query), count)
