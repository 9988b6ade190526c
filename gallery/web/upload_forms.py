"""The page on which people bring photographs into an album; its script sends them in pieces."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, cast

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from gallery import current
from gallery.access import Action, person, require
from gallery.db import db
from gallery.errors import GalleryError
from gallery.ingest import keep
from gallery.jobs import queue_of
from gallery.language import gettext as _
from gallery.location.geoip import locate
from gallery.models import token
from gallery.models.album import Album, find_album
from gallery.models.upload import Result
from gallery.particulars import Particulars, read_particulars
from gallery.present.known_tags import known_tags
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("upload_forms", __name__)
blueprint.before_request(sign_in_first)
PATH = "/albums/<album:album_id>/upload"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of the form."""

    filename: str
    result: Result
    image_ids: list[str]
    refusal: str = ""
    """Why it was not kept."""


@blueprint.get(PATH)
def new(album_id: str) -> ResponseReturnValue:
    """The form."""
    return _page(require(Action.ADD, find_album(album_id)))


@blueprint.post(PATH)
def create(album_id: str) -> ResponseReturnValue:
    """Keep the files of a form that was sent without the script, and say what became of each."""
    album = require(Action.ADD, find_album(album_id))
    try:
        said = read_particulars(list(request.form.items(multi=True)))
    except GalleryError as refusal:
        return _page(album, refusal=refusal.said()), refusal.status
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        return _page(album, refusal=_("Choose at least one photograph.")), 422
    outcomes = [_bring(file, said, album) for file in files]
    return _page(require(Action.ADD, find_album(album_id)), outcomes=outcomes, said=said)


def _bring(file: FileStorage, said: Particulars, album: Album) -> Outcome:
    """Keep one file; another one's refusal is no reason not to. Commits."""
    name = file.filename or ""
    try:
        place = locate(request.remote_addr, current.settings().geoip_database)
        upload = said.upload(name, album, person(), place)
        kept = keep(cast(BinaryIO, file.stream), upload, current.settings())
    except GalleryError as refusal:
        db.session.rollback()
        return Outcome(name, Result.REFUSED, [], refusal.said())
    ids, numbers = [image.id for image in kept.images], kept.numbers_to_process
    db.session.commit()
    queue_of(current_app).process(*numbers)
    return Outcome(name, Result.ADDED if kept.is_new else Result.ALREADY_THERE, ids)


def _page(
    album: Album,
    *,
    outcomes: list[Outcome] | None = None,
    said: Particulars | None = None,
    refusal: str = "",
) -> str:
    settings = current.settings()
    return render_template(
        "uploads/new.html",
        album=album,
        outcomes=outcomes or [],
        refusal=refusal,
        tags=", ".join(said.tags) if said else request.form.get("tags", ""),
        known_tags=known_tags(album),
        most_bytes=settings.max_upload_bytes,
        token=token.issue(person(), settings),
        now=datetime.now(UTC).isoformat(),
    )
