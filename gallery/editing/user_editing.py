"""People are added, renamed, given roles and passwords, shut out and let in again. Nothing here commits.

What somebody must not do to themselves is known by who is acting; the command line is nobody of the gallery.
"""

import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from gallery.db import db
from gallery.errors import GalleryError
from gallery.language import later
from gallery.models.audit import Deed, acting, record
from gallery.models.image import now
from gallery.models.personal_token import revoke_personal
from gallery.models.text import storable
from gallery.models.user import Role, User, UserInvalid, find_by_email, searched
from gallery.models.webhook import webhooks_of

LONGEST_NAME = 200
_LETTERS, _GROUPS, _GROUP_LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 4, 5
"""None that is taken for another when it is read aloud or copied by hand."""
SHUT_OUT = later("Its owner was shut out.")


class AdminNeeded(GalleryError):
    """Somebody would take their own rights away, or the gallery's last admin's."""

    code = "admin_needed"
    status = 409


def made_password() -> str:
    """One that nobody thought of, as `k7mqx-2fd9r-tphw3-eznu8`: 99 random bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def add_person(
    email: str, password: str, *, name: str = "", role: Role = Role.MEMBER, sfid: str | None = None
) -> User:
    """A new person. Raises UserInvalid."""
    name = _checked(name) if name.strip() else ""
    if find_by_email(email) is not None:
        raise _taken(email)
    person = User.create(email, password, name=name, role=role)
    person.sfid = sfid
    db.session.add(person)
    try:
        db.session.flush()
    except IntegrityError:
        raise _taken(email) from None
    _note(Deed.USER_ADDED, person, role=role.value)
    return person


def rename(person: User, name: str) -> None:
    """Call the person otherwise. Raises UserInvalid."""
    name = _checked(name)
    if name == person.name:
        return
    _note(Deed.USER_RENAMED, person, name=name)
    person.name, person.search_text = name, searched(name, person.email)


def give_role(person: User, role: Role) -> None:
    """Another role, from the person's next request on. Raises AdminNeeded."""
    if role is person.role:
        return
    if person.role is Role.ADMIN:
        _refuse_to_lose(person)
    _note(Deed.ROLE_CHANGED, person, role=role.value, role_before=person.role.value)
    person.role = role


def give_password(person: User, password: str) -> None:
    """Another password, which ends every session and token of the person. Raises UserInvalid."""
    person.change_password(password)
    _note(Deed.PASSWORD_CHANGED, person)


def shut_out(person: User) -> None:
    """End every session, token and webhook of the person, and let them in by no door; what they did stays.

    Their shares lead nowhere meanwhile, as those of anybody who may not share. Raises AdminNeeded.
    """
    if person.shut_out_at is not None:
        return
    _refuse_to_lose(person)
    person.shut_out_at = now()
    person.end_sessions()
    _note(Deed.USER_SHUT_OUT, person)
    revoke_personal(person)
    for webhook in db.session.scalars(webhooks_of(person)):
        webhook.pause(SHUT_OUT)


def let_in(person: User) -> None:
    """The person may sign in again. Their tokens are gone, and their webhooks wait to be turned on."""
    if person.shut_out_at is None:
        return
    person.shut_out_at = None
    person.end_sessions()
    _note(Deed.USER_LET_IN, person)


def is_acting(person: User) -> bool:
    """Whether it is the person who does this."""
    actor = acting()
    return actor is not None and actor.number == person.number


def _refuse_to_lose(person: User) -> None:
    """All admins are locked, so that of two who go at the same time the second finds that it is the last."""
    if is_acting(person):
        raise AdminNeeded("Your own rights only another admin can take from you.")
    let_in_admins = sa.select(User).where(User.role == Role.ADMIN, User.shut_out_at.is_(None))
    locked = let_in_admins.order_by(User.number).with_for_update().execution_options(populate_existing=True)
    admins = db.session.scalars(locked).all()
    if person in admins and len(admins) == 1:
        raise AdminNeeded("%(name)s is the last admin. Make somebody else one first.", name=person.name)


def _checked(name: str) -> str:
    name = " ".join(storable(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise UserInvalid("A name has 1 to %(most)s characters.", most=LONGEST_NAME)
    return name


def _taken(email: str) -> UserInvalid:
    return UserInvalid("There is somebody with the address %(email)s already.", email=email[:254])


def _note(deed: Deed, person: User, **details: Any) -> None:
    record(deed, person=person.name, person_number=person.number, **details)
