"""A person shares what they see; somebody without an account opens the link, and then it is revoked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import RIVER
from tests.browser.hands import drawn, follow, go_by_keyboard, overflow_px, tab_to, tile_ids
from tests.browser.site import Site
from tests.browser.test_accessibility import RUN_AXE
from tests.browser.witness import Witness
from tests.serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NAME = "Brücke für Frau Weiß " + "W" * 60


def look(page: Page) -> None:
    """Nothing reaches out of the window, and axe-core, where it is installed, has nothing to say."""
    assert overflow_px(page) == 0
    if AXE.exists():
        page.evaluate(AXE.read_text())
        assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_a_share_is_made_opened_and_revoked(
    visit: Callable[..., Page], site: Site, witness: Witness, width: int, scheme: str
) -> None:
    witness.expect_status(404)
    page = visit(site, f"/albums/{RIVER}?tags=steel", width=width, color_scheme=scheme)
    wanted = tile_ids(page)
    go_by_keyboard(page, page.get_by_role("link", name="Share", exact=True))
    look(page)
    page.get_by_label("Name", exact=True).fill(NAME)
    tab_to(page, page.get_by_label("To about 1 km"))
    page.keyboard.press("ArrowUp")
    page.get_by_label("Password").fill("open sesame")
    go_by_keyboard(page, page.get_by_role("button", name="Make the link"))
    look(page)
    link = page.locator(".share--made .share-link a").get_attribute("href")
    assert link is not None

    guest = visit(site, link, email="", width=width, color_scheme=scheme)
    guest.get_by_label("Password").fill("open sesame")
    look(guest)
    go_by_keyboard(guest, guest.get_by_role("button", name="Open"))
    expect(guest.locator(".tile img").first).to_have_js_property("complete", True)
    assert tile_ids(guest) == wanted
    look(guest)
    follow(guest, guest.get_by_role("link", name="Map", exact=True))
    assert drawn(guest).locator(".pin").count() > 1
    look(guest)
    guest.goto(f"{link}/images/{wanted[0]}")
    expect(guest.locator(".dossier")).to_contain_text("within 10")
    assert (
        guest.locator(".stage img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    )
    look(guest)

    tab_to(page, page.locator(".share--made summary"))
    page.keyboard.press("Enter")
    go_by_keyboard(page, page.get_by_role("button", name="Revoke it for good"))
    expect(page.get_by_role("status")).to_contain_text("is revoked")
    guest.reload()
    expect(guest.locator("h1")).to_have_text("Not Found")
    look(guest)
