"""Things are done to many images: asked on a grid, watched, undone, or taken along as one file."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gallery import batching, current
from gallery.access import Action, may_review, person, require
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.jobs import queue_of
from gallery.models.album import find_album
from gallery.models.batch import Batch, BatchInvalid, Deed, create_batch, create_undoing, find_batch
from gallery.models.image import Image
from gallery.models.scope import Condition, of_album, of_person
from gallery.models.tag import tag_name
from gallery.models.text import storable
from gallery.present import order
from gallery.present.archive import archive
from gallery.present.batch_page import batch_page, said_of
from gallery.present.filters.filter import Filter
from gallery.web.archive_answer import answer_archive
from gallery.web.grids import joined
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("batches", __name__, url_prefix="/batches")
blueprint.before_request(sign_in_first)
AT_ONCE = 200
"""Images for which nobody is sent to another page to wait."""


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Begin one; a small one is over with the answer."""
    begin_write()
    deed = _deed()
    condition, back = _chosen()
    batch = create_batch(person(), deed, _details(deed), condition, back, order.ORDER)
    return begun(batch)


@blueprint.get("/<batch_id>")
def show(batch_id: str) -> ResponseReturnValue:
    """How far it is."""
    return render_template("batches/show.html", page=batch_page(own_batch(batch_id)))


@blueprint.post("/<batch_id>/undoing")
def undo(batch_id: str) -> ResponseReturnValue:
    """Begin another that takes it back."""
    begin_write()
    return begun(create_undoing(own_batch(batch_id), person()))


@blueprint.get("/<batch_id>/photographs.zip")
def download(batch_id: str) -> ResponseReturnValue:
    """The originals, as one file that can be broken off and gone on with."""
    batch = own_batch(batch_id)
    return answer_archive(archive(batch, of_person(person()), current.settings()), "photographs.zip")


def begun(batch: Batch) -> ResponseReturnValue:
    """Carry a small one out; let a large one begin, and show how far it is. Commits."""
    batch_id, number, back, total = batch.id, batch.number, batch.back, batch.total
    file = _FILES.get(batch.deed)
    db.session.commit()
    if file:
        return redirect(url_for(file, batch_id=batch_id), 303)
    queue = queue_of(current_app)
    if total > AT_ONCE:
        queue.begin_batch(number)
        return redirect(url_for("batches.show", batch_id=batch_id), 303)
    queue.process(*batching.run(number, current.settings()))
    said = said_of(own_batch(batch_id))
    flash(said.sentence, url_for("batches.undo", batch_id=batch_id) if said.can_undo else "message")
    return redirect(back, 303)


_FILES = {Deed.DOWNLOAD: "batches.download", Deed.EVIDENCE: "evidence.download"}


def own_batch(batch_id: str) -> Batch:
    """What the person asked. Raises NotFound."""
    batch = find_batch(batch_id)
    if batch is None or batch.user_number != person().number:
        raise NotFound("There is nothing at this address, or it is not yours.")
    return batch


def _deed() -> Deed:
    try:
        deed = Deed(request.form.get("deed", ""))
    except ValueError:
        raise BatchInvalid("Choose what shall happen to the photographs.") from None
    if deed is Deed.EVIDENCE and not may_review(person()):
        raise BatchInvalid("Evidence is packed by reviewers and admins.")
    return deed


def _chosen() -> tuple[Condition, str]:
    """Which images, and the path of the page that they were chosen on."""
    album_id = request.form.get("album", "")
    if album_id:
        album = require(Action.SEE, find_album(album_id))
        scope, path = of_album(album), url_for("albums.show", album_id=album.id)
    else:
        scope, path = of_person(person()), url_for("images.index")
    wanted = Filter.from_query(request.args)
    back = joined(path, wanted.query_string())
    if "all" in request.form:
        return wanted.where(scope), back
    ids = [storable(image_id) for image_id in request.form.getlist("image")[:MOST_TICKED]]
    return Image.id.in_(ids) & scope, back


MOST_TICKED = 10_000
"""Boxes of one form."""


def _details(deed: Deed) -> dict[str, Any]:
    if deed in (Deed.PUT_ON, Deed.TAKE_OFF):
        return {"tag": tag_name(request.form.get("tag", ""))}
    if deed is Deed.TITLE:
        return {"title": storable(request.form.get("title", "")).strip()}
    if deed is Deed.MOVE:
        album = require(Action.ADD, find_album(request.form.get("target", "")))
        return {"album_number": album.number, "album_name": album.name, "album_id": album.id}
    return {}
