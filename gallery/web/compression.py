"""Pages, scripts and styles travel compressed; what the API answers is none of this module's business.

A page holds nothing that a stranger could guess by its length (BREACH): the session's cookie is not sent with
what another site asks for, and the token in forms is signed anew every second.
"""

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, g, request

LEAST_BYTES, MOST_BYTES = 600, 4 * 1024 * 1024
TYPES = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml", "application/manifest+json"})


def init_app(app: Flask) -> None:
    """Compress what is worth it for who takes it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if g.get("is_program") or response.mimetype not in TYPES or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code not in (200, 404, 422) or request.method == "HEAD":
        return response
    coding = request.accept_encodings.best_match(("br", "gzip"))
    if coding is None or request.headers.get("Range"):
        return response
    is_kept = bool(response.cache_control.immutable)
    response.direct_passthrough = False
    content = response.get_data()
    if not LEAST_BYTES <= len(content) <= MOST_BYTES:
        return response
    response.set_data(_kept(content, coding) if is_kept else _compressed(content, coding))
    response.headers["Content-Encoding"] = coding
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(f"{etag}-{coding}", weak=True)
    return response


def _compressed(content: bytes, coding: str) -> bytes:
    """Fast, for an answer that is made once."""
    return brotli.compress(content, quality=4) if coding == "br" else gzip.compress(content, 4, mtime=0)


@lru_cache(maxsize=128)
def _kept(content: bytes, coding: str) -> bytes:
    """As small as can be, for a file that is sent many times."""
    return brotli.compress(content, quality=11) if coding == "br" else gzip.compress(content, 9, mtime=0)
