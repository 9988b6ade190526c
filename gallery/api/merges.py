"""`/api/v1/albums/ID/merges`: all that another album has becomes this one's."""

from flask import Blueprint, Response

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller
from gallery.api.answer import answer
from gallery.api.operation import Given, operation
from gallery.api.received import BodyInvalid, body
from gallery.db import db
from gallery.editing.merging import merge
from gallery.errors import NotFound
from gallery.models.album import AlbumInvalid
from gallery.present.album_record import AlbumRecord, album_record

blueprint = Blueprint("merges", __name__, url_prefix="/api/v1/albums/<album:album_id>/merges")


class Merge(Given):
    """Which album shall be no more."""

    source_id: str


@blueprint.post("")
@operation(
    "Merge another album into this one",
    body=Merge,
    answers={200: AlbumRecord},
    refusals=(BodyInvalid, AlbumInvalid, NotFound),
)
def create(album_id: str) -> Response:
    """For admins. Images keep ids, links, tags and order; of the same bytes in both, both stay. Members are
    united, and the source does not exist any more.

    Up to 1,000 images come at once or not at all; more come 1,000 at a time, and what was cut short goes on
    with the same call.
    """
    user = caller()
    target = album_for(user, Action.MANAGE, album_id)
    source = album_for(user, Action.MANAGE, body(Merge).source_id)
    response = answer(album_record(merge(source, target, current.settings()), current.settings()))
    db.session.commit()
    return response
