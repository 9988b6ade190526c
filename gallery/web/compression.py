"""Pages, scripts and styles travel compressed; what the API answers is none of this module's business.

A page holds nothing that a stranger could guess by its length (BREACH): the session's cookie is not sent with
what another site asks for, and the token in forms is signed anew every second.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import brotli
from flask import Flask, Response, g, request

LEAST_BYTES, MOST_BYTES = 600, 4 * 1024 * 1024
QUICK = 4
"""The level for what is made once."""
_AS_GZIP = 31
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


def packed(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """A long answer compressed while it is sent."""
    brotli_, gzip_ = brotli.Compressor(quality=QUICK), zlib.compressobj(QUICK, wbits=_AS_GZIP)
    add, end = (brotli_.process, brotli_.finish) if coding == "br" else (gzip_.compress, gzip_.flush)
    for chunk in chunks:
        if part := add(chunk):
            yield part
    yield end()


def _compressed(content: bytes, coding: str) -> bytes:
    """Fast, for an answer that is made once."""
    is_brotli = coding == "br"
    return brotli.compress(content, quality=QUICK) if is_brotli else gzip.compress(content, QUICK, mtime=0)


@lru_cache(maxsize=128)
def _kept(content: bytes, coding: str) -> bytes:
    """As small as can be, for a file that is sent many times."""
    return brotli.compress(content, quality=11) if coding == "br" else gzip.compress(content, 9, mtime=0)
