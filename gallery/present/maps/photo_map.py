"""The map page's fixed parts, made by folium and safe under `script-src 'self'; style-src 'self'`.

branca reads what it has rendered a second time as a Jinja template, so a user's string inside a folium
map would run on the server. Folium therefore sees constants and our own static URLs, nothing else; images
arrive in the browser as JSON, and the page's own URLs are data attributes of the element around the shell
(`templates/maps/_map.html`).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

SCRIPTS = ("vendor/leaflet/leaflet.js",)
STYLES = ("vendor/leaflet/leaflet.css", "css/map.css")

PLAIN_URL = re.compile(r"[A-Za-z0-9/._~?=&:%+@-]+")


class MapShell(NamedTuple):
    """What every map page holds: `head` for its links and scripts, `body` for the place of the map."""

    head: Markup
    body: Markup


def map_shell(static_url: Callable[[str], str]) -> MapShell:
    """The shell for the static URLs that `static_url` gives for paths under `static/`.

    Raises `ValueError` for a URL with other than plain characters: a request may have written its prefix.
    """
    scripts, styles = (tuple(_plain(static_url(path)) for path in paths) for paths in (SCRIPTS, STYLES))
    return _rendered(scripts, styles)


def _plain(url: str) -> str:
    if not PLAIN_URL.fullmatch(url):
        raise ValueError(f"A static URL for the map holds more than plain characters: {url!r}")
    return url


@lru_cache(maxsize=16)
def _rendered(scripts: tuple[str, ...], styles: tuple[str, ...]) -> MapShell:
    from gallery.present.maps.map_shell import rendered  # noqa: PLC0415  # loads folium, when a map is first asked for

    named_scripts = dict(zip(SCRIPTS, scripts, strict=True))
    return MapShell(*rendered(named_scripts, dict(zip(STYLES, styles, strict=True))))
