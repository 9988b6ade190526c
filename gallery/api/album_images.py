"""`/api/v1/albums/ID/images`: bring an image into an album."""

from flask import Blueprint, Response, current_app

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller
from gallery.api.upload_form import received_form
from gallery.db import db
from gallery.ingest import keep
from gallery.jobs import queue_of
from gallery.present.upload_answer import upload_answer

blueprint = Blueprint("album_images", __name__, url_prefix="/api/v1/albums/<album:album_id>/images")


@blueprint.post("")
def create(album_id: str) -> Response:
    """Keep the form's file: 201 with its images, or 200 with those that the album has of the same bytes."""
    user = caller()
    album, settings = album_for(user, Action.ADD, album_id), current.settings()
    db.session.rollback()  # the body may take minutes, and no transaction must wait for it
    with received_form(settings) as form:
        kept = keep(form.stream, form.particulars.upload(form.filename, album, user), settings)
    body, numbers = upload_answer(kept.images, settings), kept.numbers_to_process
    db.session.commit()
    queue_of(current_app).process(*numbers)
    status = 201 if kept.is_new else 200
    return Response(body, status, content_type="application/json; charset=utf-8")
