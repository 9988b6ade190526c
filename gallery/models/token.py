"""API tokens: JWTs that renew themselves with every answer.

A token holds `exp`, `iat` and `user_id` and nothing else (one got with a personal token has its id, `tid`,
too), so the day on which its chain of renewals began is in the key that signs it: each day has its own,
and those of the last 30 days are good.
"""

import hmac
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from gallery.config import Settings
from gallery.models.audit import Deed, record
from gallery.models.user import User, Viewer
from gallery.web_token import TokenMalformed, WebToken, written

LIFETIME = timedelta(hours=4)
CHAIN_DAYS = 30
_DAY_S = 86_400


class TokenRefused(Exception):
    """The token is not one of ours, or is no longer good."""


def issue(user: User, settings: Settings, personal_id: str | None = None) -> str:
    """A first token, for a person who has shown who they are.

    In the second of a revocation it waits for the next: a token of the same second would be refused, too.
    """
    time.sleep(min(max(user.tokens_valid_from.timestamp() - time.time(), 0), 1))
    now = _now()
    return _encode(user.id, now, _day_key(settings, now // _DAY_S), personal_id)


class Token(NamedTuple):
    """What a good token says."""

    user_id: str
    issued_at: int
    """In seconds since 1970."""
    key: bytes
    """Signs what it is renewed as."""
    personal_id: str | None
    """The personal token that it was got with, whose bounds are its own; None: a password."""


def read(token: str, settings: Settings) -> Token:
    """What the token says. Raises TokenRefused."""
    now = _now()
    said = _signed_claims(token, settings.derived_keys("token"), now // _DAY_S)
    if said.expires_at <= now or said.issued_at > now:
        raise TokenRefused
    return Token(said.user_id, said.issued_at, _day_key(settings, said.day), said.personal_id)


def renew(user_id: str, key: bytes, personal_id: str | None = None) -> str:
    """The same token for another four hours, in the same chain."""
    return _encode(user_id, _now(), key, personal_id)


def is_revoked(person: User | Viewer, issued_at: int) -> bool:
    """Whether the person's tokens of that time (seconds since 1970) are refused."""
    return issued_at < person.tokens_valid_from.timestamp()


def revoke_all(user: User) -> None:
    """Every token issued to the person up to this second is refused from now on."""
    user.tokens_valid_from = datetime.fromtimestamp(_now() + 1, UTC)
    record(Deed.SIGNED_OUT_EVERYWHERE, person=user.name, person_number=user.number)


@lru_cache(maxsize=256)  # a program's calls within one second carry the same token
def _encode(user_id: str, issued_at: int, key: bytes, personal_id: str | None) -> str:
    expires_at = issued_at + int(LIFETIME.total_seconds())
    claims = {"exp": expires_at, "iat": issued_at, "user_id": user_id}
    if personal_id is not None:
        claims["tid"] = personal_id
    return written(claims, key)


class Claims(NamedTuple):
    """What stands in a token, and the day that its chain began on. Times are seconds since 1970."""

    user_id: str
    issued_at: int
    expires_at: int
    personal_id: str | None
    day: int


@lru_cache(maxsize=4_096)  # a program's calls within one second carry the same token
def _signed_claims(token: str, masters: tuple[bytes, ...], today: int) -> Claims:
    """The claims of a signature that is ours; whether it is time, the caller looks. Raises TokenRefused."""
    try:
        found = WebToken.of(token)
        day = _signing_day(found, masters, today)
        claims = found.claims()
        user_id, issued_at, expires_at = claims["user_id"], claims["iat"], claims["exp"]
    except (TokenMalformed, KeyError) as error:
        raise TokenRefused from error
    if not isinstance(user_id, str) or not isinstance(issued_at, int) or not isinstance(expires_at, int):
        raise TokenRefused
    return Claims(user_id, issued_at, expires_at, claims.get("tid"), day)


def _signing_day(token: WebToken, masters: tuple[bytes, ...], today: int) -> int:
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
