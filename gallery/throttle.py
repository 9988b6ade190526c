"""How often somebody may come, counted where all processes of the gallery see it."""

import contextlib
import ipaddress
import logging
import math
import time
from functools import lru_cache
from typing import cast

from flask import Flask, current_app
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string

from gallery import current
from gallery.config import Settings
from gallery.errors import GalleryError
from gallery.language import later

log = logging.getLogger(__name__)
Rates = tuple[RateLimitItem, ...]
GUESSES: Rates = (RateLimitItemPerMinute(120),)
"""How many signatures of pictures may be guessed from one address."""


class RateLimited(GalleryError):
    """Somebody came too often, and may come again after `Retry-After` seconds."""

    code = "rate_limited"
    status = 429

    def __init__(self, wait_s: float) -> None:
        self.retry_after_s = max(1, math.ceil(wait_s))
        if self.retry_after_s == 1:
            super().__init__(later("That was too often. Wait a second, then try again."))
        else:
            sentence = later("That was too often. Wait %(seconds)s seconds, then try again.")
            super().__init__(sentence, seconds=self.retry_after_s)


def init_app(app: Flask) -> None:
    """Count where the settings say."""
    settings = cast(Settings, app.config["GALLERY"])
    app.extensions["throttle"] = storage_from_string(settings.rate_limit_storage_url, wrap_exceptions=True)


def count_person(user_id: str) -> None:
    """Count one call of the API by somebody we know. Raises RateLimited."""
    count_person_in(current_app.extensions["throttle"], current.settings(), user_id)


def count_person_in(counters: Storage, settings: Settings, user_id: str) -> None:
    """The same outside of Flask. Raises RateLimited."""
    _count_in(counters, settings.rate_limit_api, "person", user_id)


def count_stranger(address: str | None) -> None:
    """Count one by somebody we do not know. Raises RateLimited."""
    _count(current.settings().rate_limit_api, "stranger", place_of(address))


def count_sign_in(email: str, address: str | None) -> None:
    """Count one try to sign in, from this address and as this person. Raises RateLimited."""
    rates = current.settings().rate_limit_sign_in
    _count(rates, "sign-in from", place_of(address))
    _count(rates, "sign-in as", email[:254].strip().lower())


def count_unlocking(share_id: str, address: str | None) -> None:
    """Count one try at the password of a share, from this address and for this share. Raises RateLimited."""
    rates = current.settings().rate_limit_sign_in
    _count(rates, "unlocking from", place_of(address))
    _count(rates, "unlocking of", share_id)


def count_guess(address: str | None) -> None:
    """Count a signature that was wrong."""
    with contextlib.suppress(RateLimited):
        _count(GUESSES, "guess", place_of(address))


def refuse_guesser(address: str | None) -> None:
    """Raises RateLimited for an address with too many guesses behind it."""
    counters = current_app.extensions["throttle"]
    _count_in(counters, GUESSES, "guess", place_of(address), is_coming=False)


def place_of(address: str | None) -> str:
    """What counts as one place: an address, or a whole /64 of IPv6, which one household may have."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found.packed, 64), strict=False))


def _count(rates: Rates, *who: str) -> None:
    _count_in(current_app.extensions["throttle"], rates, *who)


def _count_in(counters: Storage, rates: Rates, *who: str, is_coming: bool = True) -> None:
    """Where the counters cannot be reached everybody may come: lost counters must not close the gallery.

    The library's own limiter does the same and takes twice as long: it writes the key anew for every step.
    """
    for rate, key in _windows(rates, *who):
        try:
            count = counters.incr(key, rate.get_expiry()) if is_coming else counters.get(key) + 1
            if count <= rate.amount:
                continue
            ends_at = counters.get_expiry(key)
        except StorageError as error:
            log.warning("the counters of rate limits cannot be reached: %s", error)
            return
        raise RateLimited(ends_at - time.time())


@lru_cache(maxsize=4_096)
def _windows(rates: Rates, *who: str) -> list[tuple[RateLimitItem, str]]:
    """Each rate, and the key under which somebody's coming is counted."""
    return [(rate, rate.key_for(*who)) for rate in rates]
