import re
import socket
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import folium
import pytest

from gallery.present.maps import photo_map
from gallery.present.maps.map_shell import PhotoMap
from gallery.present.maps.photo_map import MapShell, map_shell

ROOT = Path(__file__).parents[3]
CDN_DEFAULTS = list(folium.Map.default_js), list(folium.Map.default_css)


def static_url(path: str) -> str:
    return f"/gallery/static/{path}?v=1"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    photo_map._rendered.cache_clear()
    yield
    photo_map._rendered.cache_clear()


@pytest.fixture
def shell() -> MapShell:
    return map_shell(static_url)


class Tags(HTMLParser):
    """Every start tag with its attributes, and the text inside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.code = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style"):
            self.code += data.strip()


def test_the_shell_holds_no_inline_script_or_style(shell: MapShell) -> None:
    tags = Tags(shell.head + shell.body)
    assert "script" in dict(tags.found)
    for tag, attributes in tags.found:
        assert tag != "style"
        assert tag != "script" or attributes["src"]
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert tags.code == ""


def test_every_script_and_style_is_our_own(shell: MapShell) -> None:
    loaded = [attributes.get("src") or attributes.get("href") for _, attributes in Tags(shell.head).found]
    assert loaded == [
        static_url("vendor/leaflet/leaflet.js"),
        static_url("vendor/leaflet/leaflet.css"),
        static_url("css/map.css"),
    ]


def test_no_script_holds_up_the_page(shell: MapShell) -> None:
    scripts = [attributes for tag, attributes in Tags(shell.head).found if tag == "script"]
    assert all("defer" in attributes for attributes in scripts)


def test_the_shell_is_the_same_for_every_call(shell: MapShell) -> None:
    photo_map._rendered.cache_clear()
    assert map_shell(static_url) == shell
    assert map_shell(static_url) is map_shell(static_url)


def test_another_prefix_has_its_own_shell(shell: MapShell) -> None:
    other = map_shell(lambda path: f"/static/{path}")
    assert "/gallery/" not in other.head
    assert other.body == shell.body


def test_no_template_brace_is_left(shell: MapShell) -> None:
    assert not re.search(r"\{\{|\{%|\{#", shell.head + shell.body)


@pytest.mark.parametrize("prefix", ["/{{7*7}}", "/{%x%}", '/"><script>', "/a b", "/é", "/a\n"])
def test_a_prefix_that_could_be_a_template_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="plain characters"):
        map_shell(lambda path: f"{prefix}/static/{path}")


def test_rendering_uses_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the map's shell opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert map_shell(static_url).head


def test_other_folium_maps_keep_their_scripts(shell: MapShell) -> None:
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == CDN_DEFAULTS
    assert PhotoMap.default_js == folium.Map.default_js


def test_the_map_ends_at_zoom_18_and_at_the_poles_only(shell: MapShell) -> None:
    options = PhotoMap({}, {}).leaflet_options
    assert options["maxZoom"] == 18
    assert options["maxBounds"] == [[-85.06, -3600], [85.06, 3600]]
    assert options["worldCopyJump"] is True
    assert "data-options='{" in shell.body


def test_every_part_of_the_panel_is_one_that_the_script_knows(shell: MapShell) -> None:
    parts = {attributes["data-map"] for _, attributes in Tags(shell.body).found if "data-map" in attributes}
    code = "".join(file.read_text() for file in (ROOT / "static/js/map").glob("*.js"))
    assert {"status", "retry", "message"} <= parts
    assert [part for part in parts if f'"{part}"' not in code] == []
