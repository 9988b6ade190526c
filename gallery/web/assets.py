"""Addresses of our own scripts, styles and icons: they change with the content, so browsers may keep them."""

import re
import time
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, url_for

_YEAR_S = 365 * 24 * 3600
SHEETS = (
    *(
        "base",
        "header",
        "controls",
        "forms",
        "tile",
        "grid",
        "selection",
        "table",
        "chips",
        "filter",
        "albums",
    ),
    *("image", "claims", "facts", "notice", "keys", "print"),
)
"""The styles of every page, in their order; a browser gets them as one."""
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
blueprint = Blueprint("assets", __name__)


def init_app(app: Flask) -> None:
    """Give templates `static_url` and `styles_url`, and what they name a long life."""
    app.context_processor(lambda: {"static_url": static_url, "styles_url": styles_url})
    app.after_request(_keep_long)


def static_url(path: str) -> str:
    """The address of a file under `static/`."""
    return _static_url(path, _file(""), second())


def styles_url() -> str:
    """The address of the styles of every page."""
    return _styles_url(_file(""), second())


def second() -> int:
    """Stands for now where files are looked at once a second: a page names a dozen."""
    return int(time.monotonic())


@blueprint.get("/assets/styles.css")
def styles() -> Response:
    """All of them, without comments."""
    return Response(_styles(), content_type="text/css; charset=utf-8")


def _styles() -> bytes:
    files = [_file(f"css/{name}.css") for name in SHEETS]
    return _joined(tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=2)
def _joined(files: tuple[tuple[Path, int], ...]) -> bytes:
    return "".join(_COMMENT.sub("", file.read_text()) for file, _ in files).encode()


def _file(path: str) -> Path:
    return Path(current_app.static_folder or "") / path


@lru_cache(maxsize=256)
def _static_url(path: str, folder: Path, _second: int) -> str:
    """Without a version where there is no such file."""
    try:
        version = _version(folder / path, (folder / path).stat().st_mtime_ns)
    except OSError:
        version = None
    return url_for("static", filename=path, v=version)


@lru_cache(maxsize=2)
def _styles_url(_folder: Path, _second: int) -> str:
    return url_for("assets.styles", v=blake2b(_styles(), digest_size=6).hexdigest())


@lru_cache(maxsize=256)
def _version(file: Path, _modified_ns: int) -> str:
    return blake2b(file.read_bytes(), digest_size=6).hexdigest()


def _keep_long(response: Response) -> Response:
    is_ours = request.endpoint in ("static", "assets.styles", "scripts.joined")
    if is_ours and "v" in request.args and response.status_code == 200:
        response.cache_control.clear()
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR_S
        response.cache_control.immutable = True
    return response
