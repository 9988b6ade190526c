"""The headers that every page carries."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g

from gallery import current


def init_app(app: Flask) -> None:
    """Give every request a nonce and every answer its policy."""
    app.before_request(_make_nonce)
    app.after_request(_protect)
    app.context_processor(lambda: {"csp_nonce": g.get("csp_nonce", "")})


def _make_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _protect(response: Response) -> Response:
    if g.get("is_program"):
        return response
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", _policy())
        headers.setdefault("Cache-Control", "no-store")
    return response


def _policy() -> str:
    """No source but this server, and the delivery and tile servers that the settings name."""
    settings = current.settings()
    places = [settings.delivery_url, settings.tiles_url.replace("{s}.", "*.")]
    hosts = [f"{p.scheme}://{p.netloc}" for p in map(urlsplit, places) if p.netloc]
    images = " ".join(dict.fromkeys(("'self'", "data:", *hosts)))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{g.csp_nonce}'; img-src {images}; "
        "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
