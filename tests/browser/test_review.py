"""Reviewers work through their queue."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gallery.db import begin_write, db
from gallery.models import tag
from gallery.present.sync_document import write_documents
from tests.browser.site import ADMIN, Site, app_of
from tests.records import album_of, bare_image

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
GONE_ON = """id => document.querySelector(`main:not(.review), main[data-ready]:not([data-ready$="${id}"])`)"""
"""The screen is another image's and takes keys, or the queue is at its end."""
DECISIONS = {"a": "approved", "r": "rejected", "i": "needs_info"}


def test_fifty_images_are_reviewed_by_keyboard_alone(visit: Callable[..., Page], workshop: Site) -> None:
    with app_of(workshop.environ) as app:
        begin_write()
        images = [bare_image(album_of("fifty"), infos={}) for _ in range(50)]
        db.session.flush()
        for image in images:
            tag.put_on(image, ["fifty"])
        write_documents(images, app.config["GALLERY"])
        db.session.commit()
    page = visit(workshop, "/review?tags=fifty", email=ADMIN)
    expect(page.get_by_role("link", name="Start reviewing")).to_be_visible()
    page.get_by_role("link", name="Start reviewing").press("Enter")
    page.locator("main[data-ready]").wait_for()
    wanted: dict[str, str] = {}
    for nth in range(50):
        image_id = page.url.partition("?")[0].rpartition("/")[2]
        key = "ari"[nth % 3]
        wanted[image_id] = DECISIONS[key]
        if nth == 3:
            page.keyboard.press("c")
            page.keyboard.type("A beam.")
            page.keyboard.press("Escape")
        page.keyboard.press(key)
        page.wait_for_function(GONE_ON, arg=image_id)
    rows = workshop.rows(
        "SELECT image.id, review FROM image JOIN album ON album.number = album_number "
        "WHERE album.id = 'fifty'"
    )
    assert {row["id"]: row["review"] for row in rows} == wanted
    assert workshop.rows("SELECT comment FROM verdict WHERE comment != ''")[0][0] == "A beam."


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_a_verdict_is_given_and_taken_back(
    visit: Callable[..., Page],
    workshop: Site,
    new_album: Callable[..., str],
    width: int,
    scripts: bool,
) -> None:
    (image_id, *_) = workshop.image_ids(new_album(2))
    page = visit(workshop, f"/review/{image_id}", email=ADMIN, width=width, scripts=scripts)
    if scripts:
        page.keyboard.press("p")
        page.keyboard.press("Enter")
    else:
        page.get_by_text("A place by hand").click()
        page.get_by_label("Latitude").fill("48.5")
        page.get_by_label("Longitude").fill("2.25")
    latitude = float(page.get_by_label("Latitude").input_value())
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status").get_by_text("you approved it")).to_be_visible()
    row = workshop.rows("SELECT latitude, trusted FROM image WHERE id = ?", image_id)[0]
    assert (row["latitude"], row["trusted"]) == (pytest.approx(latitude), "manual")
    # the page that stands now may tell of an undoing, too: it is the next image's
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone by")).to_be_visible()
    assert workshop.rows("SELECT latitude FROM image WHERE id = ?", image_id)[0]["latitude"] is None
