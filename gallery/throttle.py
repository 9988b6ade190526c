"""How often somebody may come, counted where all processes of the gallery see it."""

import ipaddress
import logging
import math
import time
from collections.abc import Iterable

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem
from limits.errors import StorageError

from gallery import current
from gallery.errors import GalleryError

log = logging.getLogger(__name__)


class RateLimited(GalleryError):
    """Somebody came too often, and may come again after `Retry-After` seconds."""

    code = "rate_limited"
    status = 429

    def __init__(self, wait_s: float) -> None:
        self.retry_after_s = max(1, math.ceil(wait_s))
        seconds = "a second" if self.retry_after_s == 1 else f"{self.retry_after_s:,} seconds"
        super().__init__(f"That was too often. Wait {seconds}, then try again.")


def address() -> str:
    """Where the request comes from; a whole /64 of IPv6, which one household may have, is one place."""
    text = get_remote_address()
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    return text if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


limiter = Limiter(address, storage_options={"wrap_exceptions": True}, swallow_errors=True)


def init_app(app: Flask) -> None:
    """Count where the settings say."""
    app.config["RATELIMIT_STORAGE_URI"] = app.config["GALLERY"].rate_limit_storage_url
    limiter.init_app(app)


def count_call(*who: str) -> None:
    """Count one call of the API. Raises RateLimited."""
    count(current.settings().rate_limit_api, "api", *who)


def count_sign_in(email: str) -> None:
    """Count one try to sign in, from this address and as this person. Raises RateLimited."""
    rates = current.settings().rate_limit_sign_in
    count(rates, "sign-in from", address())
    count(rates, "sign-in as", email[:254].strip().lower())


def count(rates: Iterable[RateLimitItem], *who: str) -> None:
    """Count once, and raise RateLimited where it was too often.

    Where the counters cannot be reached everybody may come: a lost counter must not close the gallery.
    """
    for rate in rates:
        try:
            if limiter.limiter.hit(rate, *who):
                continue
            ends_at = limiter.limiter.get_window_stats(rate, *who).reset_time
        except StorageError as error:
            log.warning("the counters of rate limits cannot be reached: %s", error)
            return
        raise RateLimited(ends_at - time.time())
