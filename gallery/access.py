"""The one gate that every view passes first, for the person of its session."""

from typing import TypeVar, cast

from flask_login import current_user

from gallery.errors import NotFound
from gallery.models.album import Album
from gallery.models.audit import Actor, act_as
from gallery.models.image import Image
from gallery.models.user import User, find_by_id
from gallery.permission import Action, album_number_of, may, may_create_albums, may_review, may_within

__all__ = [
    "Action",
    "album_number_of",
    "may",
    "may_create_albums",
    "may_review",
    "may_within",
    "own_row",
    "person",
    "require",
    "require_admin",
    "signed_in_user",
]

Thing = TypeVar("Thing", Album, Image)


def require(action: Action, thing: Thing | None) -> Thing:
    """The thing, for a person who may; to anybody else it does not exist. Raises NotFound."""
    if thing is None or not may(signed_in_user(), action, thing):
        raise NotFound("There is nothing at this address, or it is not shared with you.")
    return thing


def signed_in_user() -> User | None:
    """The person of this request's session, who does what follows."""
    if not current_user.is_authenticated:
        return None
    act_as(Actor.of(person()))
    return person()


def require_admin() -> None:
    """For what only admins have; to anybody else it does not exist. Raises NotFound."""
    if not person().is_admin:
        raise NotFound("There is nothing at this address, or it is not shared with you.")


def own_row() -> User:
    """The person as a row of the transaction under way. Raises NotFound where somebody has shut them out."""
    user = find_by_id(person().id)
    if user is None or user.shut_out_at is not None:
        raise NotFound("You are not known here any more.")
    return user


def person() -> User:
    """The same, behind `sign_in_first`; the row itself, which relationships take."""
    return cast(User, current_user._get_current_object())
