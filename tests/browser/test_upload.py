"""Somebody adds photographs on the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.collection import drawn_photo
from tests.browser.hands import follow, overflow_px, tab_to, tile_ids
from tests.browser.site import Site
from tests.browser.witness import Witness

pytestmark = [pytest.mark.browser]
NOT_A_PICTURE = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"nothing to see")
CLAIM = (
    "SELECT claim.latitude, claim.longitude, accuracy_m, made_at, image.created_at FROM claim "
    "JOIN image ON image.number = image_number JOIN album ON album.number = album_number "
    "WHERE album.id = ? AND source = 'html'"
)


def photo(nth: int, name: str = "") -> FilePayload:
    """A file as the dialog gives it."""
    return FilePayload(name=name or f"new-{nth}.jpg", mimeType="image/jpeg", buffer=drawn_photo(500 + nth))


def row(page: Page, name: str) -> str:
    """What the list says of the file."""
    return page.locator(".upload-row", has_text=name).inner_text()


@pytest.mark.parametrize("width", [390, 1440])
def test_each_file_is_added_or_says_why_not_and_the_position_goes_along(
    visit: Callable[..., Page],
    workshop: Site,
    witness: Witness,
    new_album: Callable[..., str],
    width: int,
) -> None:
    witness.expect_status(415)
    album_id = new_album(1)
    here = {"latitude": 48.137, "longitude": 11.576, "accuracy": 12}
    page = visit(workshop, f"/albums/{album_id}", width=width, permissions=["geolocation"], geolocation=here)
    page.get_by_role("link", name="Add photographs").click()
    arabic = "مرحبا بالعالم.jpg"
    again = FilePayload(name="again.jpg", mimeType="image/jpeg", buffer=drawn_photo(0))
    page.set_input_files("#files", [photo(1), photo(2, arabic), again, NOT_A_PICTURE])
    page.get_by_role("button", name="Leave out new-1.jpg").click()
    page.set_input_files("#files", [photo(3)])
    page.get_by_role("button", name="Add my position").click()
    expect(page.locator("[data-place-state]")).to_contain_text("within 12 m")
    page.get_by_label("Tags for all of them").fill("steel, north bank")
    tab_to(page, page.get_by_role("button", name="Add 4 photographs"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-sum-words]")).to_have_text("2 added. 1 already here. 1 refused.")

    assert "Already here" in row(page, "again.jpg")
    assert "not a picture format" in row(page, "notes.txt")
    assert overflow_px(page) == 0
    follow(page, page.get_by_role("link", name="Go to the album"))
    assert len(tile_ids(page)) == 3
    assert len(workshop.tagged("north bank") & set(tile_ids(page))) == 2
    claims = workshop.rows(CLAIM, album_id)
    assert [tuple(claim)[:3] for claim in claims] == [(48.137, 11.576, 12.0)] * 2
    assert all(claim["made_at"] < claim["created_at"] for claim in claims), "the fix was before the upload"


def test_without_a_script_a_form_adds_them(
    visit: Callable[..., Page], workshop: Site, new_album: Callable[..., str]
) -> None:
    album_id = new_album(1)
    page = visit(workshop, f"/albums/{album_id}/upload", scripts=False, width=390)
    again = FilePayload(name="again.jpg", mimeType="image/jpeg", buffer=drawn_photo(0))
    page.set_input_files("#files", [photo(11), again, NOT_A_PICTURE])
    page.get_by_label("Tags for all of them").fill("steel")
    follow(page, page.get_by_role("button", name="Add them"))
    assert "Added" in row(page, "new-11.jpg")
    assert "Already here" in row(page, "again.jpg")
    assert "Refused: This is not a picture format" in row(page, "notes.txt")
    assert len(workshop.image_ids(album_id)) == 2
    assert overflow_px(page) == 0


def test_what_the_network_and_a_reload_cut_off_goes_on(
    visit: Callable[..., Page], workshop: Site, witness: Witness, new_album: Callable[..., str]
) -> None:
    album_id = new_album()
    page = visit(workshop, f"/albums/{album_id}/upload")
    page.set_input_files("#files", [photo(21)])
    expect(page.locator(".upload-row")).to_have_count(1)
    page.wait_for_timeout(700)  # the browser's database is written a moment after the choice
    page.context.route("**/api/v1/uploads/*", lambda route: route.abort("connectionaborted"))
    page.get_by_role("button", name="Add 1 photograph").click()
    expect(page.locator(".upload-row--sending")).to_have_count(1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("Chosen before the page was loaded again.")).to_be_visible()
    page.context.unroute("**/api/v1/uploads/*")
    page.get_by_role("button", name="Add 1 photograph").click()
    expect(page.locator("[data-sum-words]")).to_have_text("1 added.")
    assert len(workshop.image_ids(album_id)) == 1
    witness.complaints[:] = [said for said in witness.complaints if "CONNECTION_ABORTED" not in said]
