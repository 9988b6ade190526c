"""The map: offline, by keyboard, in light and dark, and in words where scripts do not run."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import CAMERA_AT, CONFLICTING, RIVER
from tests.browser.hands import (
    drawn,
    follow,
    go_by_keyboard,
    images_under_pins,
    overflow_px,
    stated_count,
    tab_to,
    tile_ids,
)
from tests.browser.site import Site
from tests.browser.witness import Witness

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]

LISTED = ".map-images [role=option]"
COLOUR_OF_LAND = "getComputedStyle(document.querySelector('.photo-map')).getPropertyValue('--map-land')"
COLOURS_OF_A_TILE = """tiles => Math.max(...tiles.map((tile) => {
  const copy = Object.assign(document.createElement("canvas"), { width: tile.width, height: tile.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(tile, 0, 0);
  const { data } = context.getImageData(0, 0, tile.width, tile.height);
  return new Set(new Uint32Array(data.buffer)).size;
}))"""


def counts(site: Site, album_id: str) -> Any:
    """(placed, unplaced) in the database."""
    (row,) = site.rows(
        "SELECT count(latitude), count(*) - count(latitude) FROM image "
        "JOIN album ON album.number = album_number WHERE album.id = ?",
        album_id,
    )
    return tuple(row)


@pytest.mark.parametrize("width", [390, 1440])
def test_every_placed_image_is_under_a_pin(
    visit: Callable[..., Page], site: Site, witness: Witness, width: int
) -> None:
    placed, unplaced = counts(site, RIVER)
    assert placed
    assert unplaced
    page = drawn(visit(site, f"/albums/{RIVER}/map", width=width))
    assert images_under_pins(page) == placed
    expect(page.get_by_role("status").last).to_have_text(
        f"{placed} images on the map, {unplaced} without a position"
    )
    assert stated_count(page) == placed + unplaced
    assert overflow_px(page) == 0
    assert witness.request_count > 10


def test_pins_are_reached_and_opened_by_keyboard(visit: Callable[..., Page], site: Site) -> None:
    (image,) = site.rows("SELECT id FROM image WHERE title = ?", CONFLICTING)
    page = visit(site, f"/albums/{RIVER}/map#map=16/{CAMERA_AT.latitude}/{CAMERA_AT.longitude}")
    pin = drawn(page).get_by_role("button", name=CONFLICTING)
    tab_to(page, pin)
    page.keyboard.press("Enter")
    card = page.locator(".pin-card")
    expect(card.locator(".pin-card-title")).to_have_text(CONFLICTING)
    card.locator("img").evaluate("image => image.decode()")
    link = card.get_by_role("link", name="Open the image")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Space")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/images/{image['id']}")


def test_a_cluster_opens_its_list_which_walks_the_map_by_keyboard(
    visit: Callable[..., Page], site: Site
) -> None:
    page = drawn(visit(site, f"/albums/{RIVER}/map#map=2/46/2"))
    cluster = page.locator(".pin--cluster").first
    count = int((cluster.get_attribute("aria-label") or "").split()[0])
    tab_to(page, cluster)
    page.keyboard.press("Enter")
    listed, options = page.locator(".map-images"), page.locator(LISTED)
    expect(options).to_have_count(count)
    expect(listed).to_be_focused()
    assert "#map=2/" in page.url
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    chosen = page.locator("[data-list=chosen-link]")
    expect(chosen).to_have_text(options.nth(1).locator(".map-image-label").text_content() or "-")
    expect(page.locator(".map .claim-mark").first).to_be_visible()
    page.get_by_role("button", name="Look closer").press("Enter")
    page.wait_for_url(lambda url: int(re.findall(r"#map=(\d+)/", url)[0]) > 2)


def test_the_tray_holds_what_has_no_position_and_a_box_drawn_is_the_filter(
    visit: Callable[..., Page], site: Site
) -> None:
    placed, unplaced = counts(site, RIVER)
    page = drawn(visit(site, f"/albums/{RIVER}/map"))
    page.get_by_role("button", name=f"{unplaced} without a position").click()
    expect(page.locator(LISTED)).to_have_count(unplaced)
    handle = page.get_by_role("separator")
    handle.press("ArrowLeft")
    expect(handle).to_have_attribute("aria-valuenow", "32")
    page.get_by_role("button", name="Filter by a box").press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "?bbox=" in url)
    assert stated_count(drawn(page)) == placed


def test_the_map_has_the_colours_of_the_theme(visit: Callable[..., Page], site: Site) -> None:
    page = drawn(visit(site, "/map", color_scheme="light"))
    light = page.evaluate(COLOUR_OF_LAND)
    assert tile_colours(page) > 1
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOUR_OF_LAND) != light
    assert tile_colours(page) > 1


def tile_colours(page: Page) -> int:
    """How many colours the drawn world has: one would be an empty sheet."""
    page.wait_for_selector(".leaflet-tile-loaded")
    page.wait_for_load_state("networkidle")
    most: int = page.locator("canvas.leaflet-tile").evaluate_all(COLOURS_OF_A_TILE)
    return most


def test_this_area_as_a_grid_holds_what_the_map_shows(visit: Callable[..., Page], site: Site) -> None:
    page = drawn(visit(site, f"/albums/{RIVER}/map?tags=steel#map=8/45/4"))
    shown = images_under_pins(page)
    follow(page, page.get_by_role("link", name="This area as a grid"))
    assert len(tile_ids(page)) == stated_count(page) == shown > 0
    assert set(tile_ids(page)) <= site.tagged("steel")


def test_a_chip_narrows_the_map(visit: Callable[..., Page], site: Site) -> None:
    page = drawn(visit(site, f"/albums/{RIVER}/map", width=390))
    follow(page, page.locator(".filter .chip", has_text="crack"))
    assert images_under_pins(drawn(page)) == 1
    assert page.url.partition("#")[0] == f"{site.address}/albums/{RIVER}/map?tags=crack"


@pytest.mark.parametrize("width", [390, 1440])
def test_without_scripts_a_sentence_and_a_link_lead_to_the_grid(
    visit: Callable[..., Page], site: Site, width: int
) -> None:
    page = visit(site, f"/albums/{RIVER}/map?tags=steel", width=width, scripts=False)
    sentence = page.locator("noscript p")
    expect(sentence).to_be_visible()
    expect(sentence).to_contain_text("The map is drawn by JavaScript.")
    go_by_keyboard(page, sentence.locator("a"))
    assert set(tile_ids(page)) == site.tagged("steel")
