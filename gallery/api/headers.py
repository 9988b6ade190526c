"""The headers of every API answer, in the contract's spelling."""

import re
import time
import uuid

from flask import Response, g, request

from gallery import current

_FIXED = {
    "Cache-Control": "no-cache, no-store",
    "Pragma": "no-cache",
    "Expires": "Fri, 01 Jan 1990 00:00:00 GMT",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "origin-when-cross-origin, strict-origin-when-cross-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_LEGACY = {
    "P3P": 'CP="NOI ADM DEV PSAi COM NAV OUR OTRo STP IND DEM"',
    "X-XSS-Protection": "1; mode=block",
    "X-Download-Options": "noopen",
}


def begin() -> None:
    """Note when the call came in, and that it is a program's: no session, no page's headers."""
    g.started_s = time.perf_counter()
    g.is_program = True


def add(response: Response) -> Response:
    """Put the contract's headers on an answer."""
    headers = response.headers
    for name, value in _FIXED.items():
        headers[name] = value
    if current.settings().legacy_headers:
        for name, value in _LEGACY.items():
            headers[name] = value
    headers["Vary"] = "Accept-Encoding"
    headers["X-Request-Id"] = _request_id()
    headers["X-Runtime"] = f"{time.perf_counter() - g.get('started_s', time.perf_counter()):.6f}"
    if renewed := g.get("renewed_token"):
        headers["X-token"] = renewed
    return response


def _request_id() -> str:
    """The caller's own, cleaned to letters, digits, dash and underscore, or a new one."""
    given = re.sub(r"[^\w-]", "", request.headers.get("X-Request-Id", ""), flags=re.ASCII)[:255]
    return given or str(uuid.uuid4())
