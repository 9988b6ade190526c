"""Addresses of our own scripts, styles and icons: they change with the content, so browsers may keep them."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

_YEAR_S = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Give templates `static_url`, and what it names a long life."""
    app.context_processor(lambda: {"static_url": static_url})
    app.after_request(_keep_long)


def static_url(path: str) -> str:
    """The address of a file under `static/`."""
    file = Path(current_app.static_folder or "") / path
    try:
        modified_ns = file.stat().st_mtime_ns
    except OSError:
        return url_for("static", filename=path)
    return url_for("static", filename=path, v=_version(file, modified_ns))


@lru_cache(maxsize=256)
def _version(file: Path, _modified_ns: int) -> str:
    return blake2b(file.read_bytes(), digest_size=6).hexdigest()


def _keep_long(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.cache_control.clear()
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR_S
        response.cache_control.immutable = True
    return response
