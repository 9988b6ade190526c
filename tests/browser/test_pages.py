"""What all pages share: the frame, the way by keyboard, and pages that have nothing to show."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import EMPTY, RIVER, SEALED, SHAPES, SHAPES_COUNT
from tests.browser.hands import overflow_px, stated_count, tile_ids, too_wide
from tests.browser.site import Site
from tests.browser.witness import Witness

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]

OUTLINE_OF_THE_FOCUSED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const bearers = [focused, focused.nextElementSibling, focused.closest(".card")].filter(Boolean);
  const styles = bearers.map((element) => getComputedStyle(element));
  const widths = styles.map((style) => (style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)));
  return { name: focused.outerHTML.slice(0, 120), width_px: Math.max(...widths) };
}"""
SUM_LAYOUT_SHIFTS = """
globalThis.layoutShift = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) globalThis.layoutShift += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [390, 1440])
def test_everything_that_takes_the_focus_shows_it(visit: Callable[..., Page], site: Site, width: int) -> None:
    page = visit(site, "/sign-in", email="", width=width)
    assert_focus_is_seen(page, at_least=5)
    page = visit(site, "/", width=width)
    image_id = site.image_ids(RIVER)[0]
    for path in ("/", f"/albums/{RIVER}?tags=steel&not=night", f"/images/{image_id}"):
        page.goto(path)
        assert_focus_is_seen(page, at_least=7)


def assert_focus_is_seen(page: Page, at_least: int) -> None:
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(OUTLINE_OF_THE_FOCUSED)
        if focused is None:
            break
        assert focused["width_px"] >= 2, f"{page.url}: {focused['name']}"
        stops += 1
    assert stops >= at_least


@pytest.mark.parametrize("scripts", [True, False])
def test_the_skip_link_comes_first_and_leads_past_the_header(
    visit: Callable[..., Page], site: Site, scripts: bool
) -> None:
    page = visit(site, f"/albums/{RIVER}", scripts=scripts)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_chosen_theme_holds_on_every_page_and_after_a_reload(
    visit: Callable[..., Page], site: Site
) -> None:
    page = visit(site, "/", width=390, color_scheme="light")
    colour_of_paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour_of_paper)
    page.locator("header summary").press("Enter")
    page.get_by_role("radio", name="Auto").focus()
    page.keyboard.press("ArrowLeft")  # round to the last
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    dark = page.evaluate(colour_of_paper)
    assert dark != light
    page.keyboard.press("Escape")
    expect(page.locator("header details")).not_to_have_attribute("open", re.compile(".*"))
    expect(page.locator("header summary")).to_be_focused()
    page.goto(f"/albums/{RIVER}")
    assert page.evaluate(colour_of_paper) == dark
    page.reload()
    assert page.evaluate(colour_of_paper) == dark
    page.locator("header summary").press("Enter")
    page.get_by_role("radio", name="Dark").press("ArrowRight")
    assert page.evaluate(colour_of_paper) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour_of_paper) == dark, "auto follows the system"


@pytest.mark.parametrize("scripts", [True, False])
def test_more_of_a_long_album_comes_and_nothing_jumps(
    visit: Callable[..., Page], site: Site, scripts: bool
) -> None:
    page = visit(site, f"/albums/{SHAPES}", scripts=scripts)
    everything = site.image_ids(SHAPES)
    assert len(everything) == stated_count(page) == SHAPES_COUNT
    if not scripts:
        assert tiles_by_following_more(page) == everything
        return
    page.evaluate(SUM_LAYOUT_SHIFTS)
    be_far_away(page)
    page.mouse.move(700, 500)
    deadline = time.monotonic() + 20
    while page.locator("#tiles > .tile").count() < SHAPES_COUNT and time.monotonic() < deadline:
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    assert tile_ids(page) == everything
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    assert page.evaluate("layoutShift") < 0.02


def be_far_away(page: Page) -> None:
    """Let every answer take so long that the end of what is there is seen first."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    far = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    devtools.send("Network.emulateNetworkConditions", far)


def tiles_by_following_more(page: Page) -> list[str]:
    """The images of page after page."""
    ids = tile_ids(page)
    while page.get_by_role("link", name="Show more").count():
        with page.expect_navigation():
            page.get_by_role("link", name="Show more").click()
        ids += tile_ids(page)
    return ids


def test_right_to_left_pages_are_no_wider_and_the_next_image_is_on_the_left(
    visit: Callable[..., Page], site: Site
) -> None:
    image_id = site.image_ids(RIVER)[1]
    album = f"/albums/{RIVER}"
    page = visit(site, f"/images/{image_id}")
    for path in (
        "/",
        album,
        f"{album}?view=table",
        f"{album}/map",
        f"{album}/upload",
        f"/shares/new?album={RIVER}",
    ):
        page.goto(path)
        assert too_wide(page) == [], path
    page.goto(f"/images/{image_id}")
    assert too_wide(page) == []
    ahead, before = (page.locator(f".paging-{name}") for name in ("next", "previous"))
    left_of = [link.bounding_box()["x"] for link in (ahead, before)]  # type: ignore[index]  # both are seen
    assert left_of == sorted(left_of)
    assert (
        ahead.locator("svg").evaluate("arrow => getComputedStyle(arrow).transform")
        == "matrix(-1, 0, 0, 1, 0, 0)"
    )


def test_an_empty_album_says_how_to_fill_it(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site, f"/albums/{EMPTY}", width=390)
    expect(page.get_by_role("heading", name="No images yet")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"flask import PATH --album {EMPTY}")
    assert overflow_px(page) == 0


def test_the_list_counts_what_the_albums_hold_and_hides_the_others(
    visit: Callable[..., Page], site: Site
) -> None:
    page = visit(site, "/")
    names = page.locator(".card h2").all_inner_texts()
    assert sorted(names) == ["All shapes", "Nothing yet", "River crossing"]
    for name, album_id in (("All shapes", SHAPES), ("Nothing yet", EMPTY), ("River crossing", RIVER)):
        card = page.locator(".card", has_text=name)
        expect(card).to_contain_text(f"{len(site.image_ids(album_id))} images")


def test_what_is_not_shared_looks_like_what_does_not_exist(
    visit: Callable[..., Page], site: Site, witness: Witness
) -> None:
    witness.expect_status(404)
    page = visit(site, "/", width=390)
    (sealed_id,) = site.image_ids(SEALED)
    pairs = (
        (f"/albums/{SEALED}", "/albums/there-is-none"),
        (f"/albums/{SEALED}/map", "/albums/there-is-none/map"),
        (f"/images/{sealed_id}", "/images/00000000-0000-4000-8000-000000000000"),
    )
    for secret, missing in pairs:
        seen = [what_is_seen(page, path) for path in (secret, missing)]
        assert seen[0] == seen[1], secret
        assert seen[0][0] == 404
    expect(page.get_by_role("link", name="To the albums")).to_be_visible()
    assert overflow_px(page) == 0


def what_is_seen(page: Page, path: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text, without what differs between any two answers."""
    answer = page.goto(path)
    assert answer is not None
    headers = {
        name: re.sub(r"nonce-[\w-]+", "", value)
        for name, value in answer.headers.items()
        if name not in ("date", "content-length")  # random tokens are compressed by a byte more or less
    }
    return answer.status, headers, re.sub(r'value="[^"]{40,}"', "", answer.text())
