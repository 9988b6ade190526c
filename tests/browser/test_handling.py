"""Photographs are looked at, selected, changed and arranged, by hand and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import follow, overflow_px, tile_ids
from tests.browser.site import Site

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_photograph_opens_over_the_grid_at_the_address_of_its_page(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str], width: int
) -> None:
    album_id = new_album(4)
    ids = workshop.image_ids(album_id)
    page = visit(workshop, f"/albums/{album_id}", width=width)
    page.locator("#tiles > li > a").nth(1).click()
    expect(page.locator(".pswp--open")).to_have_count(1)
    assert page.url.endswith(f"/images/{ids[1]}")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/images/{ids[2]}")
    page.keyboard.press("i")
    expect(page.locator(".pswp-info")).to_contain_text("photo-02")
    assert overflow_px(page) == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/albums/{album_id}")
    expect(page.locator(".pswp")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".pswp--open")).to_have_count(1)
    page.reload()
    expect(page.locator("main h1")).to_have_text("photo-02")
    page.go_back()
    expect(page.locator("#tiles > li")).to_have_count(4)


def test_images_are_selected_and_changed_by_keyboard_and_that_is_undone(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    album_id = new_album(5)
    ids = workshop.image_ids(album_id)
    page = visit(workshop, f"/albums/{album_id}")
    for key in ("ArrowRight", "x", "ArrowRight", "ArrowRight", "Shift+X"):
        page.keyboard.press(key)
    expect(page.locator("[data-count]")).to_have_text("3 selected")
    page.locator("summary", has_text="Tag").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Tag", exact=True).fill("bent")
    page.get_by_role("button", name="Put on").press("Enter")
    expect(page.locator(".said")).to_contain_text("“bent” was put on 3 photographs.")
    assert workshop.tagged("bent") == set(ids[:3])
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".said")).to_contain_text("Undone for 3 photographs.")
    assert workshop.tagged("bent") == set()


def test_without_a_script_images_are_selected_and_put_into_the_trash(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    album_id = new_album(3)
    ids = workshop.image_ids(album_id)
    page = visit(workshop, f"/albums/{album_id}", width=390, scripts=False, has_touch=True)
    page.get_by_text("Select", exact=True).click()
    for box in (0, 2):
        page.locator(".tile-tick").nth(box).check()
    assert overflow_px(page) == 0
    follow(page, page.get_by_role("button", name="Trash"))
    assert tile_ids(page) == [ids[1]]
    page.goto("/trash")
    follow(page, page.get_by_role("button", name="Restore photo-00"))
    page.goto(f"/albums/{album_id}")
    assert tile_ids(page) == ids[:2]


def test_an_image_is_edited_turned_cropped_and_deleted_by_keyboard(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    album_id = new_album(2)
    first, second = workshop.image_ids(album_id)
    page = visit(workshop, f"/images/{first}")
    page.keyboard.press("e")
    page.get_by_label("Title").fill("Beam 7")
    page.get_by_label("Tags").fill("steel, a\\, b")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator("main h1")).to_have_text("Beam 7")
    assert workshop.tagged("a, b") == {first}
    with page.expect_navigation():
        page.keyboard.press("r")
    page.keyboard.press("c")
    page.wait_for_url("**/crop")
    page.locator("[data-frame]").focus()
    for key in ("Shift+ArrowLeft", "Shift+ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Save").press("Enter")
    page.wait_for_url(f"**/images/{first}")
    (row,) = workshop.rows("SELECT rotation, crop_x, crop_y, crop_w, crop_h FROM image WHERE id = ?", first)
    assert tuple(row) == (90, 5, 0, 475, 315)
    page.keyboard.press("Delete")
    page.wait_for_url(f"**/images/{second}")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/images/{first}")
    assert workshop.image_ids(album_id) == [first, second]


def test_photographs_are_arranged_by_drag_and_by_keyboard(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    album_id = new_album(4)
    first, second, third, fourth = workshop.image_ids(album_id)
    page = visit(workshop, f"/albums/{album_id}")
    page.get_by_role("link", name="Arrange").click()
    page.wait_for_url("**/order")
    page.locator(f"#image-{third}").focus()
    with page.expect_response("**/order"):
        page.keyboard.press("Alt+ArrowLeft")
    assert workshop.image_ids(album_id) == [first, third, second, fourth]
    with page.expect_response("**/order"):
        page.locator(f"#image-{fourth}").drag_to(page.locator(f"#image-{first}"))
    assert workshop.image_ids(album_id) == [fourth, first, third, second]
    expect(page.locator(".order-item").first).to_have_attribute("data-image", fourth)
