"""Who calls: the token in, the renewed token out, and one answer for everybody else."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

import sqlalchemy as sa
from flask import Response, g, request

from gallery import current, throttle
from gallery.access import Action, album_number_of, may, may_create_albums
from gallery.api.credential import bounded
from gallery.db import db
from gallery.errors import NotFound
from gallery.models import token
from gallery.models.album import Album, find_album
from gallery.models.audit import Actor, act_as
from gallery.models.image import Image, find_image, find_images
from gallery.models.image_key import ImageKey, find_key
from gallery.models.personal_token import Grant, find_grant
from gallery.models.text import storable
from gallery.models.token_text import PREFIX
from gallery.models.trash import find_trashed_image
from gallery.models.user import User, find_by_id
from gallery.models.viewer import Viewer, find_viewer
from gallery.prepared import Borrowed, Reader

Person = TypeVar("Person", User, Viewer)
Thing = TypeVar("Thing", Album, Image, ImageKey)
_NO_IMAGE = "There is no image with this id."
_PARAMETER = re.compile(r'\s*token\s*=\s*"?([^",;\s]*)"?\s*', re.IGNORECASE)


_BARE = re.compile(r"[\w.-]+", re.ASCII)
"""A token as it is mostly sent, with nothing that could be anything else."""

CREATE = "create"
"""A gate before which no thing stands."""


class Denied(Exception):
    """No token, a bad one, or no right to the thing asked for."""


def caller() -> User:
    """The person whose token came with the request; the answer will carry a renewed one. Raises Denied."""
    user = _caller(db.session.connection, find_by_id)
    act_as(Actor.of(user))
    return user


def caller_unread() -> Viewer:
    """The same, for changes that need no more of the person. Raises Denied."""
    with Borrowed(db.session.connection()) as reader:
        person = viewer(reader)
    act_as(Actor.of(person))
    return person


def viewer(reader: Reader | Borrowed) -> Viewer:
    """The same, for calls that only look. Raises Denied."""
    return _caller(db.session.connection, lambda user_id: find_viewer(reader, user_id))


def album_for(user: User, action: Action, album_id: str) -> Album:
    """The album, for somebody who may. Raises Denied, and NotFound for an admin's mistake."""
    return _allowed(user, action, find_album(album_id), "There is no album with this id.")


def image_for(user: User, action: Action, image_id: str) -> Image:
    """The image, for somebody who may. Raises Denied, and NotFound for an admin's mistake."""
    return _allowed(user, action, find_image(storable(image_id)), _NO_IMAGE)


def image_key_for(user: User | Viewer, action: Action, image_id: str) -> ImageKey:
    """The same for what begins a change of the image, and reads it then. Raises the same."""
    return _allowed(user, action, find_key(storable(image_id)), _NO_IMAGE)


def images_for(user: User, action: Action, image_ids: Iterable[str]) -> list[Image]:
    """The images, in this order and each once, for somebody who may. Raises the same."""
    wanted = list(dict.fromkeys(map(storable, image_ids)))
    found = {image.id: image for image in find_images(wanted)}
    missing = [image_id for image_id in wanted if image_id not in found]
    if missing and user.is_admin:
        raise NotFound(f"There is no image {missing[0][:80]!r}.")
    if missing or not all(_may(user, action, image) for image in found.values()):
        raise Denied
    return [found[image_id] for image_id in wanted]


def trashed_image_for(user: User, action: Action, image_id: str) -> Image:
    """The image in the trash, for somebody who may. Raises the same."""
    found = find_trashed_image(storable(image_id))
    return _allowed(user, action, found, "There is no image with this id in the trash.")


def require_admin(user: User) -> User:
    """The person, who is an admin. Raises Denied."""
    if not user.is_admin:
        raise Denied
    return user


def require_creator(user: User) -> User:
    """The person, who may create albums. Raises Denied."""
    g.setdefault("gates", []).append([CREATE, 0])
    if not may_create_albums(user):
        raise Denied
    return user


def _allowed(user: User | Viewer, action: Action, thing: Thing | None, missing: str) -> Thing:
    """The thing, for somebody who may; `missing` is said to an admin. Raises Denied, NotFound."""
    if thing is None and user.is_admin:
        raise NotFound(missing)
    if thing is None or not _may(user, action, thing):
        raise Denied
    return thing


def _may(user: User | Viewer, action: Action, thing: Album | Image | ImageKey) -> bool:
    """Whether the person may; an answer that is kept to be given again is given only while that is so."""
    gate, gates = [action.value, album_number_of(thing)], g.setdefault("gates", [])
    if gate not in gates:
        gates.append(gate)
    return may(user, action, thing)


def _caller(connect: Callable[[], sa.Connection], find: Callable[[str], Person | None]) -> Person:
    text = token_in(request.headers.get("Authorization", ""))
    if text is not None and text.startswith(PREFIX):
        grant = find_grant(connect(), text=text)
        if grant is None:
            raise _stranger()
        throttle.count_person(grant.user_id)
        return _bounded(grant, find)
    try:
        said = token.read(text or "", current.settings())
    except token.TokenRefused:
        raise _stranger() from None
    throttle.count_person(said.user_id)
    person = find(said.user_id)
    if person is None or token.is_revoked(person, said.issued_at):
        raise Denied
    if said.personal_id is not None:
        person = _bounded(find_grant(connect(), token_id=said.personal_id), find)
    g.renewed_token = token.renew(said.user_id, said.key, said.personal_id)
    return person


def _bounded(grant: Grant | None, find: Callable[[str], Person | None]) -> Person:
    """The owner of a personal token within its bounds."""
    owner = None if grant is None else find(grant.user_id)
    person = None if grant is None or owner is None else bounded(owner, grant)
    if person is None:
        raise Denied
    return person


def _stranger() -> Denied:
    """What is raised for somebody whom we do not know. Raises RateLimited."""
    throttle.count_stranger(request.remote_addr)
    return Denied()


def token_in(header: str) -> str | None:
    """The token of an Authorization header such as `Token token="T"`, `Token T` or `Bearer T`."""
    if header[:13] == 'Token token="' and header[-1] == '"' and _BARE.fullmatch(header, 13, len(header) - 1):
        return header[13:-1]
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() not in ("token", "bearer"):
        return None
    parts = re.split(r"[,;]", rest)
    for part in parts:
        if found := _PARAMETER.fullmatch(part):
            return found[1] or None
    bare = parts[0].strip().strip('"')
    return bare or None


def denied(_error: Denied) -> Response:
    """401 as the contract has it."""
    response = Response(status=401, mimetype="text/html")
    response.headers["Content-Type"] = "text/html"
    response.headers["X-message"] = "Access denied"
    response.headers["WWW-Authenticate"] = 'Token realm="Application"'
    g.pop("renewed_token", None)
    return response
