"""Chips, counts and the address, by keyboard alone, against the database."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import RIVER
from tests.browser.hands import chip, chip_count, go_by_keyboard, stated_count, tile_ids
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
each_look = pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])


def assert_holds(page: Page, wanted: list[str]) -> None:
    assert tile_ids(page) == wanted
    assert stated_count(page) == len(wanted)


@each_look
def test_a_chip_goes_from_off_to_with_to_without_to_off(
    visit: Callable[..., Page], site: Site, width: int, scripts: bool
) -> None:
    page = visit(site, width=width, scripts=scripts)
    go_by_keyboard(page, page.get_by_role("link", name="River crossing"))
    everything, steel = site.image_ids(RIVER), site.tagged("steel")
    assert 0 < len(steel) < len(everything)
    plain = page.url
    assert_holds(page, everything)
    promised = chip_count(page, "steel")

    go_by_keyboard(page, chip(page, "steel"))
    assert_holds(page, [image_id for image_id in everything if image_id in steel])
    assert promised == chip_count(page, "steel") == len(steel)
    assert page.url == f"{plain}?tags=steel"

    go_by_keyboard(page, chip(page, "steel"))
    assert_holds(page, [image_id for image_id in everything if image_id not in steel])
    assert page.url == f"{plain}?not=steel"
    page.reload()
    assert_holds(page, [image_id for image_id in everything if image_id not in steel])

    go_by_keyboard(page, chip(page, "steel"))
    assert_holds(page, everything)
    assert page.url == plain
    page.go_back()
    assert_holds(page, [image_id for image_id in everything if image_id not in steel])
    page.go_back()
    assert_holds(page, [image_id for image_id in everything if image_id in steel])


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_all_or_any_of_two_tags(visit: Callable[..., Page], site: Site, width: int, scripts: bool) -> None:
    everything, steel, night = site.image_ids(RIVER), site.tagged("steel"), site.tagged("night")
    assert steel & night
    assert steel - night
    assert night - steel
    page = visit(site, f"/albums/{RIVER}?tags=steel", width=width, scripts=scripts)
    promised = chip_count(page, "night")
    go_by_keyboard(page, chip(page, "night"))
    assert_holds(page, [image_id for image_id in everything if image_id in steel & night])
    assert promised == len(steel & night)

    go_by_keyboard(page, page.get_by_role("link", name="Any of them"))
    assert_holds(page, [image_id for image_id in everything if image_id in steel | night])
    page.reload()
    assert_holds(page, [image_id for image_id in everything if image_id in steel | night])
    assert page.get_by_role("link", name="Any of them").get_attribute("aria-current") == "true"

    go_by_keyboard(page, page.get_by_role("link", name="All of the tags"))
    assert_holds(page, [image_id for image_id in everything if image_id in steel & night])
    go_by_keyboard(page, page.get_by_role("link", name="Clear the filter"))
    assert_holds(page, everything)


@pytest.mark.parametrize(
    "query", ["", "?tags=steel", "?any=steel,night", "?not=night", "?tags=crack&not=steel"]
)
def test_every_chip_keeps_its_promise(visit: Callable[..., Page], site: Site, query: str) -> None:
    page = visit(site, f"/albums/{RIVER}{query}", scripts=False)
    names = page.locator(".filter .chip-name").all_inner_texts()
    assert set(names) == {"steel", "north bank", "night", "crack"}
    for name in names:
        page.goto(f"/albums/{RIVER}{query}")
        promised = chip_count(page, name)
        for _ in range(3):  # at most: off, with, without
            chip(page, name).click()
            if "chip--with" in (chip(page, name).get_attribute("class") or "").split():
                break
        assert len(tile_ids(page)) == stated_count(page) == promised, name


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filter_that_nothing_passes_says_so_and_offers_a_way_out(
    visit: Callable[..., Page], site: Site, scripts: bool
) -> None:
    page = visit(site, f"/albums/{RIVER}?tags=steel&not=steel", width=390, scripts=scripts)
    expect(page.get_by_role("heading", name="No image passes this filter")).to_be_visible()
    assert stated_count(page) == 0
    go_by_keyboard(page, page.get_by_role("link", name="Clear the filter").last)
    assert_holds(page, site.image_ids(RIVER))
