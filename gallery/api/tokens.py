"""`/api/v1/tokens`: tokens got, listed and revoked."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from flask import Blueprint, Response, request
from msgspec import UNSET, Meta, UnsetType

from gallery import current, throttle
from gallery.api.access import Denied, caller
from gallery.api.answer import answer, answer_nothing
from gallery.api.credential import is_bounded
from gallery.api.operation import Asked, Given, operation
from gallery.api.received import BodyInvalid, QueryInvalid, body, query
from gallery.db import begin_write, db
from gallery.errors import NotFound, TooLarge
from gallery.models import token
from gallery.models.personal_token import (
    albums_by_token,
    find_grant,
    find_token,
    revoke_personal,
    revoke_token,
    tokens_of,
)
from gallery.models.text import storable
from gallery.models.user import User, find_by_id
from gallery.present.personal_token_record import PersonalTokenRecord, personal_token_record
from gallery.present.sync_document import timestamp
from gallery.signing_in import note_sign_in, sign_in

blueprint = Blueprint("api_tokens", __name__, url_prefix="/api/v1/tokens")


class TokenWanted(Given):
    """Either e-mail address and password, or a personal token."""

    email: Annotated[str, Meta(max_length=254)] | UnsetType = UNSET
    password: Annotated[str, Meta(max_length=1_000)] | UnsetType = UNSET
    personal_token: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET


class Owner(msgspec.Struct):
    """Whose token it is."""

    id: str
    email: str
    name: str
    role: str


class TokenIssued(msgspec.Struct):
    """A token, which every answer to a call with it renews (`X-token`)."""

    token: str
    expires_at: str
    user: Owner


class RevocationAsked(Asked, kw_only=True):
    """What is revoked."""

    personal: Annotated[bool, Meta(description="Personal tokens too.")] = False


@blueprint.post("")
@operation(
    "Get a token",
    body=TokenWanted,
    answers={201: TokenIssued, 401: None},
    refusals=(BodyInvalid, TooLarge, throttle.RateLimited),
    is_public=True,
    is_replayable=False,
)
def create() -> Response:
    """A token for four hours, renewed with every answer. One got with a personal token keeps its bounds."""
    wanted, now = body(TokenWanted), datetime.now(UTC)
    user, personal_id, ends_at = _owner(wanted)
    issued = token.issue(user, current.settings(), personal_id)
    expires_at = min(now + token.LIFETIME, ends_at or now + token.LIFETIME)
    owner = Owner(user.id, user.email, user.name, user.role)
    return answer(TokenIssued(issued, timestamp(expires_at, current.settings().time_zone), owner), 201)


@blueprint.get("")
@operation("List personal tokens", answers={200: list[PersonalTokenRecord]})
def index() -> Response:
    """The caller's own, the newest first. What they open stands in none of them."""
    user = _unbounded_caller()
    albums = albums_by_token(user)
    found = db.session.scalars(tokens_of(user))
    return answer(
        [personal_token_record(one, albums.get(one.number, []), current.settings()) for one in found]
    )


@blueprint.delete("")
@operation("Sign out everywhere", query=RevocationAsked, answers={204: None}, refusals=(QueryInvalid,))
def destroy_all() -> Response:
    """Every token that was got until now, and every session, ends at once; personal tokens where asked."""
    user = _unbounded_caller()
    asked = query(RevocationAsked)
    begin_write()
    token.revoke_all(user)
    if asked.personal:
        revoke_personal(user)
    db.session.commit()
    return answer_nothing()


@blueprint.delete("/<token_id>")
@operation("Revoke a personal token", answers={204: None}, refusals=(NotFound,))
def destroy(token_id: str) -> Response:
    """It ends at once, and so does every token that was got with it."""
    user = _unbounded_caller()
    begin_write()
    found = find_token(user, token_id)
    if found is None:
        raise NotFound("You have no token with this id.")
    revoke_token(found)
    db.session.commit()
    return answer_nothing()


def _unbounded_caller() -> User:
    """A personal token must not see or end the others. Raises Denied."""
    user = caller()
    if is_bounded():
        raise Denied
    return user


def _owner(wanted: TokenWanted) -> tuple[User, str | None, datetime | None]:
    """(the person, the personal token's id, when that ends). Raises BodyInvalid, RateLimited, Denied."""
    match (wanted.email, wanted.password, wanted.personal_token):
        case (str(email), str(password), UnsetType()):
            throttle.count_sign_in(email, request.remote_addr)
            user = sign_in(storable(email), password, request.remote_addr, current.settings(), "API")
            db.session.commit()
            if user is not None:
                return user, None, None
        case (UnsetType(), UnsetType(), str(text)):
            throttle.count_stranger(request.remote_addr)
            grant = find_grant(db.session.connection(), text=text)
            user = None if grant is None else find_by_id(grant.user_id)
            user = user and note_sign_in(user, request.remote_addr, "personal token")
            db.session.commit()
            if grant is not None and user is not None:
                return user, grant.id, grant.expires_at
        case _:
            raise BodyInvalid("Send either `email` and `password`, or `personal_token`.")
    raise Denied
