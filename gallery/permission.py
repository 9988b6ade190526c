"""Who may do what with an album or an image."""

from enum import StrEnum

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Album, Membership
from gallery.models.image import Image
from gallery.models.image_key import ImageKey
from gallery.models.token_album import TokenAlbum
from gallery.models.user import Role, User
from gallery.models.viewer import Viewer
from gallery.prepared import Prepared


class Action(StrEnum):
    """What a person can want to do to an album or an image."""

    SEE = "see"
    ADD = "add"
    EDIT = "edit"
    SHARE = "share"
    """Make links that lead there without an account."""
    TRASH = "trash"
    """Put there, and bring back."""
    REVIEW = "review"
    """Decide what is to be believed of it."""
    PURGE = "purge"
    """Delete for good."""
    MANAGE = "manage"
    """Rename, merge, delete; say who is a member."""


_OF_MEMBERS = frozenset({Action.SEE, Action.ADD, Action.EDIT, Action.SHARE, Action.TRASH})


def may(user: User | Viewer | None, action: Action, thing: Album | Image | ImageKey) -> bool:
    """Whether the person may do this to this thing; an image is its album's."""
    return user is not None and may_within(user, action, album_number_of(thing))


def album_number_of(thing: Album | Image | ImageKey) -> int:
    """The number of the album that decides who may do what."""
    return thing.number if isinstance(thing, Album) else thing.album_number


def may_create_albums(user: User) -> bool:
    """Members work in the albums that others make for them."""
    return user.role is not Role.MEMBER and user.token_number is None


def may_review(user: User) -> bool:
    """Whether reviewing is something that the person does at all."""
    return user.role is not Role.MEMBER


def may_within(user: User | Viewer, action: Action, album_number: int) -> bool:
    """Whether the person may do this in the album with this number, also where that is gone."""
    if user.shut_out_at is not None:
        return False
    if user.is_admin:
        return True
    if user.token_number is not None:
        if db.session.get(TokenAlbum, (user.token_number, album_number)) is None:
            return False
        if user.role is Role.ADMIN:
            return True
    db.session.flush()
    membership = {"album_number": album_number, "user_number": user.number}
    is_member = bool(_MEMBERSHIP.rows_on(db.session.connection(), **membership))
    is_reviewing = action is Action.REVIEW and user.role is Role.REVIEWER
    return is_member and (action in _OF_MEMBERS or is_reviewing)


_MEMBERSHIP = Prepared(
    sa.select(Membership.user_number).where(
        Membership.album_number == sa.bindparam("album_number"),
        Membership.user_number == sa.bindparam("user_number"),
    )
)
