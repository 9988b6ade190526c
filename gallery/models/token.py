"""API tokens: JWTs that renew themselves with every answer.

A token holds `exp`, `iat` and `user_id` and nothing else (one got with a personal token has its id, `tid`,
too), so the day on which its chain of renewals began is in the key that signs it: each day has its own,
and those of the last 30 days are good.
"""

import hmac
import time
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from gallery.config import Settings
from gallery.models.audit import Deed, record
from gallery.models.user import User, UserInvalid
from gallery.models.viewer import Viewer
from gallery.secret import derived
from gallery.web_token import TokenMalformed, WebToken, written

LIFETIME = timedelta(hours=4)
CHAIN_DAYS = 30
_DAY_S = 86_400


class TokenRefused(Exception):
    """The token is not one of ours, or is no longer good."""


def issue(user: User, settings: Settings, personal_id: str | None = None) -> str:
    """A first token, for a person who has shown who they are.

    In the second of a revocation it waits for the next: a token of the same second would be refused, too.
    Raises UserInvalid for a person who is shut out.
    """
    if user.shut_out_at is not None:
        raise UserInvalid("%(name)s is shut out.", name=user.name)
    time.sleep(min(max(user.tokens_valid_from.timestamp() - time.time(), 0), 1))
    now = _now()
    return _encode(user.id, now, _day_key(settings, now // _DAY_S), personal_id)


class Token(NamedTuple):
    """What a signed token says. Times are seconds since 1970."""

    user_id: str
    issued_at: int
    key: bytes
    """Signs what it is renewed as."""
    personal_id: str | None
    """The personal token that it was got with, whose bounds are its own; None: a password."""
    expires_at: int


def read(token: str, settings: Settings) -> Token:
    """What the token says. Raises TokenRefused."""
    now = _now()
    said = _signed(token, settings.secret_keys, now // _DAY_S)
    if said.expires_at <= now or said.issued_at > now:
        raise TokenRefused
    return said


def renew(user_id: str, key: bytes, personal_id: str | None = None) -> str:
    """The same token for another four hours, in the same chain."""
    return _encode(user_id, _now(), key, personal_id)


def is_revoked(person: User | Viewer, issued_at: int) -> bool:
    """Whether the person's tokens of that time (seconds since 1970) are refused."""
    return issued_at < person.tokens_valid_from.timestamp()


def revoke_all(user: User) -> None:
    """Every token issued to the person up to this second is refused from now on."""
    user.end_sessions()
    record(Deed.SIGNED_OUT_EVERYWHERE, person=user.name, person_number=user.number)


@lru_cache(maxsize=256)  # a program's calls within one second carry the same token
def _encode(user_id: str, issued_at: int, key: bytes, personal_id: str | None) -> str:
    expires_at = issued_at + int(LIFETIME.total_seconds())
    claims = {"exp": expires_at, "iat": issued_at, "user_id": user_id}
    if personal_id is not None:
        claims["tid"] = personal_id
    return written(claims, key)


@lru_cache(maxsize=4_096)  # a program's calls within one second carry the same token
def _signed(token: str, secrets: tuple[str, ...], today: int) -> Token:
    """What is said under a signature of ours; whether it is time, the caller looks. Raises TokenRefused."""
    masters = [derived(secret, "token") for secret in secrets]
    try:
        found = WebToken.of(token)
        day = _signing_day(found, masters, today)
        claims = found.claims()
        user_id, issued_at, expires_at = claims["user_id"], claims["iat"], claims["exp"]
    except (TokenMalformed, KeyError) as error:
        raise TokenRefused from error
    if not isinstance(user_id, str) or not isinstance(issued_at, int) or not isinstance(expires_at, int):
        raise TokenRefused
    return Token(user_id, issued_at, _derived(masters[0], day), claims.get("tid"), expires_at)


def _signing_day(token: WebToken, masters: Iterable[bytes], today: int) -> int:
    """The day whose key signed it; the newest are tried first. Raises TokenRefused."""
    for master in masters:
        for day in range(today, today - CHAIN_DAYS - 1, -1):
            if token.is_signed(_derived(master, day)):
                return day
    raise TokenRefused


@lru_cache(maxsize=256)
def _derived(master: bytes, day: int) -> bytes:
    return hmac.digest(master, str(day).encode(), "sha256")


def _day_key(settings: Settings, day: int) -> bytes:
    return _derived(settings.derived_key("token"), day)


def _now() -> int:
    return int(time.time())
