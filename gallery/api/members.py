"""`/api/v1/albums/ID/members`: who may see an album and add to it."""

import msgspec
from flask import Blueprint, Response
from msgspec import UNSET, UnsetType

from gallery.access import Action
from gallery.api.access import album_for, caller
from gallery.api.answer import answer, answer_nothing
from gallery.api.operation import Given, operation
from gallery.api.received import BodyInvalid, body
from gallery.db import db
from gallery.editing.album_editing import admit, dismiss
from gallery.errors import NotFound
from gallery.models.album import members_of
from gallery.models.text import storable
from gallery.models.user import Role, User, find_by_email, find_by_id

blueprint = Blueprint("members", __name__, url_prefix="/api/v1/albums/<album:album_id>/members")


class MemberRecord(msgspec.Struct):
    """A person who is a member of an album."""

    user_id: str
    email: str
    name: str
    role: Role


class NewMember(Given):
    """Who: by one of the two."""

    user_id: str | UnsetType = UNSET
    email: str | UnsetType = UNSET


@blueprint.get("")
@operation("List an album's members", answers={200: list[MemberRecord]}, refusals=(NotFound,))
def index(album_id: str) -> Response:
    """For its members. Admins see every album without being one."""
    album = album_for(caller(), Action.SEE, album_id)
    return answer([_record(user) for user in db.session.scalars(members_of(album))])


@blueprint.post("")
@operation(
    "Make somebody a member",
    body=NewMember,
    answers={201: MemberRecord, 200: MemberRecord},
    refusals=(BodyInvalid, NotFound),
)
def create(album_id: str) -> Response:
    """For admins: 201, or 200 for somebody who was a member already."""
    album = album_for(caller(), Action.MANAGE, album_id)
    person = _person(body(NewMember))
    is_new = admit(album, person)
    db.session.commit()
    return answer(_record(person), 201 if is_new else 200)


@blueprint.delete("/<user_id>")
@operation("Dismiss a member", answers={204: None}, refusals=(NotFound,))
def delete(album_id: str, user_id: str) -> Response:
    """For admins. The album exists no longer for this person."""
    album = album_for(caller(), Action.MANAGE, album_id)
    dismiss(album, _known(find_by_id(storable(user_id))))
    db.session.commit()
    return answer_nothing()


def _person(given: NewMember) -> User:
    if isinstance(given.user_id, str) and given.email is UNSET:
        return _known(find_by_id(storable(given.user_id)))
    if isinstance(given.email, str) and given.user_id is UNSET:
        return _known(find_by_email(storable(given.email)))
    raise BodyInvalid("Say either `user_id` or `email`.")


def _known(user: User | None) -> User:
    if user is None:
        raise NotFound("There is no such person.")
    return user


def _record(user: User) -> MemberRecord:
    return MemberRecord(user.id, user.email, user.name, user.role)
