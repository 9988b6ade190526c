"""Search, typed tags, the fold and saved filters, with and without scripts, on a phone and a screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import RIVER
from tests.browser.hands import follow, overflow_px, stated_count, tab_to, tile_ids
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
each_way = pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
GRID = f"/albums/{RIVER}"


def open_fold(page: Page) -> None:
    tab_to(page, page.locator(".filter-fold > summary"))
    page.keyboard.press("Enter")


@each_way
def test_a_search_and_the_fold_keep_each_other_and_every_word_can_be_taken_away(
    visit: Callable[..., Page], site: Site, width: int, scripts: bool
) -> None:
    page = visit(site, GRID, width=width, scripts=scripts)
    everything = tile_ids(page)
    top = page.locator("#tiles").bounding_box()
    assert top is not None
    assert top["y"] < 500
    page.get_by_role("searchbox").fill("spän")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert 0 < stated_count(page) == len(tile_ids(page)) < len(everything)
    spans = stated_count(page)

    open_fold(page)
    page.get_by_label("Position").select_option("without")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("list", name="Filtered by").get_by_role("listitem")).to_have_count(2)
    assert 0 < stated_count(page) < spans
    assert overflow_px(page) == 0
    if scripts:
        assert page.url.endswith(f"{GRID}?q=sp%C3%A4n&position=without")
    follow(page, page.get_by_role("link", name="without a position"))
    assert stated_count(page) == spans
    follow(page, page.get_by_role("link", name="spän"))
    assert (page.url.partition("?")[2], tile_ids(page)) == ("", everything)


def test_a_tag_is_typed_and_completed(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site, GRID)
    box = page.get_by_label("Tag to filter by")
    box.press_sequentially("ban")
    option = page.locator("#tag-names option")
    expect(option).to_have_count(1)
    assert option.get_attribute("value") == "north bank"
    box.fill("north bank")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("?tags=north+bank")
    assert set(tile_ids(page)) == site.tagged("north bank")


@each_way
def test_a_filter_is_saved_found_again_and_deleted(
    visit: Callable[..., Page], site: Site, width: int, scripts: bool
) -> None:
    name = f"<b>Night & day</b> {width}"
    page = visit(site, f"{GRID}?tags=night", width=width, scripts=scripts)
    open_fold(page)
    page.get_by_label("Name for this filter").fill(name)
    follow(page, page.get_by_role("button", name="Save"))
    page.goto(GRID)
    open_fold(page)
    follow(page, page.get_by_role("link", name=name))
    assert page.url.endswith(f"{GRID}?tags=night")
    open_fold(page)
    follow(page, page.get_by_role("button", name=f"Delete the saved filter {name}"))
    assert page.url.endswith(f"{GRID}?tags=night")
    open_fold(page)
    expect(page.get_by_role("link", name=name)).to_have_count(0)


def test_the_fold_closes_as_menus_do_and_stands_over_the_map(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site, f"{GRID}/map")
    open_fold(page)
    page.get_by_role("button", name="Apply").click(trial=True)
    page.keyboard.press("Escape")
    expect(page.locator(".filter-sheet")).to_be_hidden()
    expect(page.locator(".filter-fold > summary")).to_be_focused()
