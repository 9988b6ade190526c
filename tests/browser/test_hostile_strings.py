"""Whatever a string holds, it is shown as text and runs nowhere."""

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from gallery.db import begin_write, db
from gallery.ingest import Upload, keep
from gallery.jobs import queue_of
from gallery.location.position import Position
from gallery.models import token
from gallery.models.album import create_album, find_album
from gallery.models.user import Role, User
from tests.browser.collection import drawn_photo
from tests.browser.hands import follow, overflow_px, stated_count, tile_ids
from tests.browser.hostile import STRINGS
from tests.browser.site import MEMBER, PASSWORD, Site, app_of, command, running_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser hostile strings")]

NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]
ALBUM_IDS = ("{{7*7}}", "<script>window.pwned=1</script>", "a/b?c#d", "photo\u202egpj.exe", "i" * 300)
half_of_the_strings = pytest.mark.parametrize("strings", [STRINGS[::2], STRINGS[1::2]], ids=["even", "odd"])
"""One page of the browser shows several: a new one for each costs more than what is looked at."""
PLACES = [Position(10 + nth * 3, 20 + nth * 4) for nth in range(len(STRINGS))]


@pytest.fixture(scope="module")
def hostile(
    browser: Browser, new_gallery: NewGallery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A gallery whose every text is an attack: each image has one string in all its places."""
    folder = tmp_path_factory.mktemp("hostile")
    with new_gallery("sqlite", folder / "instance", SECRET_KEY="a secret of the browser's tests") as environ:
        payload = folder / "payload.json"
        payload.write_text(json.dumps([attacked(record, text) for record, text in records_of(environ)]))
        command(environ, "pull", "--file", payload)
        with app_of(environ):
            begin_write()
            user = db.session.query(User).one()
            for album_id, text in zip(ALBUM_IDS, itertools.cycle(reversed(STRINGS))):
                album = find_album(album_id) or create_album(album_id)
                album.name, album.description = text, text
                album.admit(user)
            db.session.commit()
        with running_site(environ, [MEMBER]) as site:
            yield site


def records_of(environ: dict[str, str]) -> Iterator[tuple[dict[str, Any], str]]:
    """The sync record of a real, processed file for each string."""
    with app_of(environ) as app:
        begin_write()
        user = User.create(MEMBER, PASSWORD, role=Role.MEMBER)
        db.session.add(user)
        album = create_album(ALBUM_IDS[0])
        album.admit(user)
        db.session.commit()
        for nth, place in enumerate(PLACES):
            upload = Upload("plain.jpg", album)
            kept = keep(BytesIO(drawn_photo(nth * 8, place)), upload, app.config["GALLERY"])
            number = kept.images[0].number
            db.session.commit()
            queue_of(app).process_now(number)
        authorization = {"Authorization": f"Token token={token.issue(user, app.config['GALLERY'])}"}
        answer = app.test_client().get("/api/v1/image_syncs", headers=authorization)
        assert answer.json is not None
        yield from zip(answer.json, STRINGS, strict=True)


def attacked(record: dict[str, Any], text: str) -> dict[str, Any]:
    """The record with the string wherever one may stand."""
    texts = dict.fromkeys(("filename", "title", "description"), text)
    exifs = record["exifs"] | {"Model": text, text[:100]: text}
    return record | texts | {"exifs": exifs, "tag_names": [text], "user_sfid": text}


@pytest.fixture
def show(visit: Callable[..., Page], hostile: Site) -> Iterator[Callable[..., Page]]:
    """Open a page of the hostile gallery on a phone; nothing may have run, and nothing may stick out."""
    pages: list[Page] = []

    def show(path: str) -> Page:
        page = pages[0] if pages else visit(hostile, path, width=390)
        if pages:
            page.goto(path)
        pages.append(page)
        assert_harmless(page)
        return page

    yield show
    for page in pages:
        assert page.evaluate("window.pwned") is None


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    strange = "img[src='x'], svg[onload], script:not([src^='/static/']), style, textarea:not(#description)"
    assert page.locator(f"main :is({strange})").count() == 0
    for width in (390,) if "/map" in page.url else (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert overflow_px(page) == 0, f"{page.url} at {width} px"


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).evaluate_all("nodes => nodes.map(node => node.textContent)")
    return found


def album_path(album_id: str) -> str:
    """The address as the list has it."""
    return f"/albums/{quote(album_id, safe='')}"


def images(site: Site) -> list[tuple[str, str]]:
    """(id, string) of every image."""
    return [(row["id"], row["title"]) for row in site.rows("SELECT id, title FROM image ORDER BY number")]


def test_the_strings_reached_the_database(hostile: Site) -> None:
    assert [text for _, text in images(hostile)] == list(STRINGS)
    assert {row["name"] for row in hostile.rows("SELECT name FROM tag")} == set(STRINGS)


def test_on_the_list_of_albums(show: Callable[..., Page], hostile: Site) -> None:
    page = show("/")
    names = [row["name"] for row in hostile.rows("SELECT name FROM album")]
    assert len(names) == len(ALBUM_IDS)
    assert sorted(texts(page, ".card h2 a")) == sorted(names)
    for href in page.locator(".card h2 a").evaluate_all("links => links.map(link => link.href)"):
        album = show(href)
        assert texts(album, "h1")[0] == texts(album, ".page-lead")[0]
        assert texts(album, "h1")[0] in names


def test_on_the_grid(show: Callable[..., Page]) -> None:
    page = show(album_path(ALBUM_IDS[0]))
    assert texts(page, "#tiles .tile-label") == list(STRINGS)
    assert sorted(texts(page, ".filter .chip-name")) == sorted(STRINGS)


@half_of_the_strings
def test_on_the_page_of_an_image_and_the_chip_of_such_a_tag_filters_by_it(
    show: Callable[..., Page], hostile: Site, strings: tuple[str, ...]
) -> None:
    id_of = {title: image_id for image_id, title in images(hostile)}
    for text in strings:
        page = show(f"/images/{id_of[text]}")
        assert texts(page, "h1") == [text]
        assert texts(page, ".description") == [text]
        assert page.locator(".stage img").get_attribute("alt") == text
        assert texts(page, ".dossier-head .chip-name") == [text]
        assert text in texts(page, ".facts dd")
        said = texts(page, ".exif dd")
        assert sum(text in value for value in said) == 2
        assert text[:100] in texts(page, ".exif dt")
        assert " ".join(page.title().split()) == " ".join(f"{text} · Evident".split())
        follow(page, page.locator(".dossier-head .chip"))
        assert_filtered_by(page, text, id_of[text])


@half_of_the_strings
def test_a_chip_of_the_grid_filters_by_such_a_tag(
    show: Callable[..., Page], hostile: Site, strings: tuple[str, ...]
) -> None:
    id_of = {title: image_id for image_id, title in images(hostile)}
    page = show(album_path(ALBUM_IDS[0]))
    for text in strings:
        place = texts(page, ".filter .chip-name").index(text)
        follow(page, page.locator(".filter .chip").nth(place))
        assert_filtered_by(page, text, id_of[text])
        follow(page, page.locator(".chip--with"))
        assert stated_count(page) == len(STRINGS) - 1
        assert id_of[text] not in tile_ids(page)
        follow(page, page.locator(".chip--without"))
        assert stated_count(page) == len(STRINGS)


def assert_filtered_by(page: Page, text: str, image_id: str) -> None:
    """The grid holds the one image that has the tag."""
    assert_harmless(page)
    assert tile_ids(page) == [image_id]
    assert texts(page, ".chip--with .chip-name") == [text]


def test_in_the_clusters(show: Callable[..., Page], hostile: Site) -> None:
    page = show("/")
    answer = page.request.get("/api/v1/clusters.geojson", params={"zoom": 18, "album": ALBUM_IDS[0]})
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    found = {feature["properties"]["id"]: feature["properties"] for feature in answer.json()["features"]}
    (name,) = (row["name"] for row in hostile.rows("SELECT name FROM album WHERE id = ?", ALBUM_IDS[0]))
    for image_id, text in images(hostile):
        assert found[image_id]["title"] == text
        assert found[image_id]["album"] == name


@half_of_the_strings
def test_on_the_map_and_in_its_popup(show: Callable[..., Page], strings: tuple[str, ...]) -> None:
    for text in strings:
        place = PLACES[STRINGS.index(text)]
        page = show(f"{album_path(ALBUM_IDS[0])}/map#map=12/{place.latitude}/{place.longitude}")
        pin = page.locator(".pin")
        pin.wait_for()
        label = pin.get_attribute("aria-label") or ""
        assert label.removesuffix(", a conflict") == text  # one camera took pictures at all these places
        pin.click()
        page.wait_for_selector(".pin-card")
        assert texts(page, ".pin-card-title") == [text]
        page.locator(".pin-card img").evaluate("image => image.decode()")
        assert_harmless(page)
        page.goto("about:blank")  # else the next address would be another place on the same page
