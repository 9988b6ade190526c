"""API tokens: JWTs that renew themselves with every answer.

A token holds `exp`, `iat` and `user_id` and nothing else (one got with a personal token has its id, `tid`,
too), so the day on which its chain of renewals began is in the key that signs it: each day has its own,
and those of the last 30 days are good.
"""

import base64
import hmac
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import jwt

from gallery.config import Settings
from gallery.models.user import User

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
    key, renewing_key = _signing_keys(token, settings)
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=["HS256"], options={"require": ["exp", "iat", "user_id"]}
        )
    except jwt.InvalidTokenError as error:
        raise TokenRefused from error
    user_id, issued_at = claims["user_id"], claims["iat"]
    if not isinstance(user_id, str) or not isinstance(issued_at, int):
        raise TokenRefused
    return Token(user_id, issued_at, renewing_key, claims.get("tid"))


def renew(user_id: str, key: bytes, personal_id: str | None = None) -> str:
    """The same token for another four hours, in the same chain."""
    return _encode(user_id, _now(), key, personal_id)


def revoke_all(user: User) -> None:
    """Every token issued to the person up to this second is refused from now on."""
    user.tokens_valid_from = datetime.fromtimestamp(_now() + 1, UTC)


@lru_cache(maxsize=256)  # a program's calls within one second carry the same token
def _encode(user_id: str, issued_at: int, key: bytes, personal_id: str | None) -> str:
    expires_at = issued_at + int(LIFETIME.total_seconds())
    claims = {"exp": expires_at, "iat": issued_at, "user_id": user_id}
    if personal_id is not None:
        claims["tid"] = personal_id
    return jwt.encode(claims, key, algorithm="HS256", sort_headers=False)


def _signing_keys(token: str, settings: Settings) -> tuple[bytes, bytes]:
    """The key that signed it, and the one that renews it: of the day that its chain began on.

    The newest are tried first. Raises TokenRefused.
    """
    signed, _, signature = token.rpartition(".")
    try:
        given = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        message = signed.encode("ascii")
    except ValueError:
        raise TokenRefused from None
    today = _now() // _DAY_S
    for master in settings.derived_keys("token"):
        for day in range(today, today - CHAIN_DAYS - 1, -1):
            key = _derived(master, day)
            if hmac.compare_digest(hmac.digest(key, message, "sha256"), given):
                return key, _day_key(settings, day)
    raise TokenRefused


@lru_cache(maxsize=256)
def _derived(master: bytes, day: int) -> bytes:
    return hmac.digest(master, str(day).encode(), "sha256")


def _day_key(settings: Settings, day: int) -> bytes:
    return _derived(settings.derived_key("token"), day)


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
