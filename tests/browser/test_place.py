"""An album's expected place is drawn on a map, or typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import overflow_px
from tests.browser.site import ADMIN, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]


def test_a_place_is_drawn_by_clicks_and_by_key_seen_on_the_map_and_cleared(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    page = visit(workshop, f"/albums/{new_album()}/place", email=ADMIN)
    page.get_by_label("within corners").check()
    where = page.locator(".place-map .map")
    for x, y in ((300, 200), (600, 200), (600, 400)):
        where.click(position={"x": x, "y": y})
        page.wait_for_timeout(300)  # two clicks at once would be a double one
    where.press("Enter")
    corners = page.get_by_role("textbox", name="Corners")
    assert len(corners.input_value().splitlines()) == 4
    page.get_by_role("button", name="Take the last corner back").click()
    assert len(corners.input_value().splitlines()) == 3
    expect(page.locator("path.expected-corner")).to_have_count(3)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".said")).to_contain_text("The expected place is kept.")
    assert overflow_px(page) == 0
    page.goto(page.url.replace("/place", "/map"))
    expect(page.locator("path.expected-place")).to_have_count(1)


def test_a_place_is_typed_where_no_script_runs(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    page = visit(workshop, f"/albums/{new_album()}/place", email=ADMIN, width=390, scripts=False)
    page.get_by_label("Latitude").fill("59.30843")
    page.get_by_label("Longitude").fill("18.07512")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".said")).to_contain_text("The expected place is kept.")
    assert overflow_px(page) == 0
    page.get_by_role("button", name="Expect no place").click()
    expect(page.get_by_label("Latitude")).to_have_value("")
