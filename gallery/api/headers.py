"""The headers of every API answer, in the contract's spelling."""

import os
import re
import time

from flask import Response, g, request

from gallery import current
from gallery.config import Settings

_FIXED = [
    ("Cache-Control", "no-cache, no-store"),
    ("Pragma", "no-cache"),
    ("Expires", "Fri, 01 Jan 1990 00:00:00 GMT"),
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Permitted-Cross-Domain-Policies", "none"),
    ("Referrer-Policy", "origin-when-cross-origin, strict-origin-when-cross-origin"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Vary", "Accept-Encoding"),
]
_WITH_LEGACY = [
    *_FIXED,
    ("P3P", 'CP="NOI ADM DEV PSAi COM NAV OUR OTRo STP IND DEM"'),
    ("X-XSS-Protection", "1; mode=block"),
    ("X-Download-Options", "noopen"),
]


def begin() -> None:
    """Note when the call came in, and that it is a program's: no session, no page's headers."""
    g.started_s = time.perf_counter()
    g.is_program = True


def add(response: Response) -> Response:
    """Put the contract's headers on an answer."""
    started_s = g.get("started_s", time.perf_counter())
    given_id = request.headers.get("X-Request-Id", "")
    for name, value in contract_headers(current.settings(), given_id, started_s, g.get("renewed_token")):
        response.headers[name] = value
    return response


def contract_headers(
    settings: Settings, given_id: str, started_s: float, renewed_token: str | None
) -> list[tuple[str, str]]:
    """The headers of an answer to a call that began at `started_s` (of `time.perf_counter`)."""
    return [
        *(_WITH_LEGACY if settings.legacy_headers else _FIXED),
        ("X-Request-Id", _request_id(given_id)),
        ("X-Runtime", f"{time.perf_counter() - started_s:.6f}"),
        *([("X-token", renewed_token)] if renewed_token else ()),
    ]


def _request_id(given: str) -> str:
    """The caller's own, cleaned to letters, digits, dash and underscore, or a new one."""
    cleaned = re.sub(r"[^\w-]", "", given, flags=re.ASCII)[:255] if given else ""
    return cleaned or _new_id()


def _new_id() -> str:
    """A UUID of random bits (RFC 9562, section 5.4); Python's own takes ten times as long."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
