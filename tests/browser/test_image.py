"""One image: its neighbours, its claims, and what is said when there is no picture."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.location.position import distance_m
from gallery.present import words
from tests.browser.collection import ADDRESS_AT, BROWSER_AT, CAMERA_AT, CONFLICTING, DAMAGED, RIVER
from tests.browser.hands import go_by_keyboard, overflow_px, tile_ids
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]


def shown_id(page: Page) -> str:
    """The image whose page this is."""
    return page.url.partition("?")[0].rpartition("/")[2]


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_neighbours_are_those_of_the_filter(
    visit: Callable[..., Page], site: Site, width: int, scripts: bool
) -> None:
    page = visit(site, f"/albums/{RIVER}?tags=steel", width=width, scripts=scripts)
    ids = tile_ids(page)
    assert len(ids) >= 5
    page.goto(f"/images/{ids[0]}?tags=steel")
    assert page.get_by_role("link", name="Previous image").count() == 0
    for wanted in ids[1:4]:
        go_by_keyboard(page, page.get_by_role("link", name="Next image"))
        assert shown_id(page) == wanted
    go_by_keyboard(page, page.get_by_role("link", name="Previous image"))
    assert shown_id(page) == ids[2]
    page.goto(f"/images/{ids[-1]}?tags=steel")
    assert page.get_by_role("link", name="Next image").count() == 0
    go_by_keyboard(page, page.get_by_role("link", name="Back to the grid"))
    assert page.url == f"{site.address}/albums/{RIVER}?tags=steel"


def test_arrow_keys_lead_to_the_neighbours_and_escape_to_the_grid(
    visit: Callable[..., Page], site: Site
) -> None:
    ids = [image_id for image_id in site.image_ids(RIVER) if image_id in site.tagged("steel")]
    page = visit(site, f"/images/{ids[1]}?tags=steel")
    for key, wanted in (("ArrowRight", 2), ("ArrowLeft", 1), ("ArrowLeft", 0)):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert shown_id(page) == ids[wanted]
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert shown_id(page) == ids[0]
    with page.expect_navigation():
        page.keyboard.press("Escape")
    assert tile_ids(page) == ids


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_conflicting_claims_stand_side_by_side_with_their_distances(
    visit: Callable[..., Page], site: Site, width: int, scripts: bool
) -> None:
    (image,) = site.rows("SELECT id FROM image WHERE title = ?", CONFLICTING)
    page = visit(site, f"/images/{image['id']}", width=width, scripts=scripts)
    claims = page.get_by_role("table", name="Claims of the position")
    rows = claims.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("EXIF in the file believed")
    expect(rows.nth(1)).to_contain_text("48.85837° N, 2.29448° E")
    expect(rows.nth(2)).to_contain_text("48.88645° N, 2.34312° E")
    expect(rows.nth(2)).to_contain_text("± 25 m")
    expect(rows.nth(3)).to_contain_text("IP address")
    apart = page.locator(".pairs")
    assert 4_000 < distance_m(CAMERA_AT, BROWSER_AT) < 6_000
    near, far = distance_m(CAMERA_AT, BROWSER_AT), distance_m(CAMERA_AT, ADDRESS_AT)
    expect(apart).to_contain_text(words.distance(near))
    expect(apart).to_contain_text(words.rough_distance(far))
    expect(page.locator(".doubt--doubt")).to_contain_text([words.distance(near)])
    assert overflow_px(page) == 0


def test_an_image_that_failed_says_so_in_words(visit: Callable[..., Page], site: Site) -> None:
    (image,) = site.rows("SELECT id, processed, processing_error FROM image WHERE title = ?", DAMAGED)
    assert image["processed"] == 0
    sentence = image["processing_error"]
    page = visit(site, f"/albums/{RIVER}", width=390)
    tile = page.locator(f"#tiles a[href*='{image['id']}']")
    expect(tile).to_contain_text("Failed")
    expect(tile).to_contain_text(sentence)
    expect(tile).to_contain_text(DAMAGED)
    assert tile.locator("img").count() == 0
    tile.click()
    expect(page.locator(".viewer")).to_contain_text(sentence)


def test_the_picture_is_shown_whole_and_in_its_shape(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site, f"/albums/{RIVER}")
    for image_id in site.image_ids(RIVER)[:4]:
        page.goto(f"/images/{image_id}")
        picture = page.locator(".stage img")
        picture.evaluate("image => image.decode()")
        (image,) = site.rows("SELECT original_width_px, original_height_px FROM image WHERE id = ?", image_id)
        shape = picture.evaluate("image => image.naturalWidth / image.naturalHeight")
        assert shape == pytest.approx(image["original_width_px"] / image["original_height_px"], rel=0.01)
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] / box["height"] == pytest.approx(shape, rel=0.02)
        assert box["y"] + box["height"] <= 900


def test_the_claims_stand_on_a_map_which_comes_when_its_place_is_looked_at(
    visit: Callable[..., Page], site: Site
) -> None:
    (image,) = site.rows("SELECT id FROM image WHERE title = ?", CONFLICTING)
    page = visit(site, f"/images/{image['id']}", width=390)
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src*=leaflet]").count() == 0
    page.locator(".mini-map").scroll_into_view_if_needed()
    expect(page.locator(".mini-map .claim-mark")).to_have_count(3)
    expect(page.locator(".mini-map canvas").first).to_be_visible()
    assert overflow_px(page) == 0
