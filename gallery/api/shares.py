"""`/api/v1/shares`: links that need no account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint, Response, url_for

from gallery import current
from gallery.access import Action
from gallery.api.access import album_for, caller, images_for
from gallery.api.answer import answer, answer_nothing
from gallery.api.operation import Given, operation
from gallery.api.received import BodyInvalid, body
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.location.precision import Precision
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.share import (
    MOST_CHOSEN,
    Share,
    ShareInvalid,
    create_share,
    find_share,
    revoke_share,
    shares_of,
)
from gallery.models.user import User
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.shares.links import token_of
from gallery.present.shares.record import PrecisionName, ShareRecord, share_record
from gallery.present.shares.scope import filter_of

blueprint = Blueprint("shares_api", __name__, url_prefix="/api/v1/shares")


class ShareGiven(Given):
    """What a new share leads to: an album, or images."""

    name: str
    precision: PrecisionName
    album_id: str | None = None
    filter: Annotated[
        str, msgspec.Meta(max_length=20_000, description="Of the album only what passes: `tags=a,b&not=c`.")
    ] = ""
    image_ids: Annotated[list[str], msgspec.Meta(max_length=MOST_CHOSEN)] | None = None
    gives_originals: bool = False
    password: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


@blueprint.get("")
@operation("List your shares", answers={200: list[ShareRecord]})
def index() -> Response:
    """The newest first."""
    return answer([_record(share) for share in db.session.scalars(shares_of(caller()))])


@blueprint.post("")
@operation(
    "Share by a link",
    body=ShareGiven,
    body_media=("application/json",),
    answers={201: ShareRecord},
    refusals=(BodyInvalid, FilterInvalid, NotFound, ShareInvalid),
)
def create() -> Response:
    """An album, and a filter of it, are followed live; chosen images stay the same."""
    user, given = caller(), body(ShareGiven)
    begin_write()
    share = create_share(
        user,
        given.name,
        _subject(user, given),
        query=filter_of(given.filter).query_string(),
        precision=Precision(given.precision),
        gives_originals=given.gives_originals,
        password=given.password,
        expires_at=given.expires_at,
    )
    db.session.refresh(share)
    record = _record(share)
    db.session.commit()
    return answer(record, 201)


@blueprint.delete("/<share_id>")
@operation("Revoke a share", answers={204: None}, refusals=(NotFound,))
def destroy(share_id: str) -> Response:
    """From now on its link leads nowhere. Admins revoke anybody's."""
    user = caller()
    begin_write()
    share = find_share(share_id)
    if share is None or not (share.user_number == user.number or user.is_admin):
        raise NotFound("You have no share with this id.")
    revoke_share(share)
    db.session.commit()
    return answer_nothing()


def _subject(user: User, given: ShareGiven) -> Album | Sequence[Image]:
    if (given.album_id is None) == (given.image_ids is None):
        raise ShareInvalid("Give either `album_id` or `image_ids`.")
    if given.album_id is not None:
        return album_for(user, Action.SHARE, given.album_id)
    if given.filter:
        raise ShareInvalid("`filter` goes with `album_id` alone.")
    return images_for(user, Action.SHARE, given.image_ids or ())


def _record(share: Share) -> ShareRecord:
    settings = current.settings()
    path = url_for("share_pages.show", token=token_of(share, settings))
    return share_record(share, settings.public_url + path, settings.time_zone)
