"""A person makes a token, uses it and revokes it."""

from collections.abc import Callable
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import RIVER
from tests.browser.hands import go_by_keyboard, overflow_px, tab_to
from tests.browser.site import Site
from tests.browser.witness import Witness

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
NAME = "جهاز المسح " + "W" * 60


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_a_token_is_made_used_and_revoked_by_keyboard(
    visit: Callable[..., Page], site: Site, witness: Witness, width: int, scripts: bool
) -> None:
    witness.expect_status(422)
    page = visit(site, "/", width=width, scripts=scripts)
    tab_to(page, page.locator("header summary"))
    page.keyboard.press("Enter")
    go_by_keyboard(page, page.get_by_role("link", name="API tokens"))
    expect(page.get_by_role("heading", name="No tokens yet")).to_be_visible()
    page.get_by_label("Name", exact=True).fill(NAME)
    go_by_keyboard(page, page.get_by_role("button", name="Make the token"))
    expect(page.get_by_text("Choose at least one thing that it may do.")).to_be_visible()
    for label, key in (
        ("Read: albums", "Space"),
        ("All that I see", "ArrowDown"),
        ("River crossing", "Space"),
    ):
        tab_to(page, page.get_by_label(label))
        page.keyboard.press(key)
    go_by_keyboard(page, page.get_by_role("button", name="Make the token"))

    text = page.locator(".token-text").inner_text()
    header = {"Authorization": f"Bearer {text}"}
    assert f'"id":"{RIVER}"' in site.get("/api/v1/albums", **header).decode()
    assert overflow_px(page) == 0
    page.goto("/tokens")
    assert text not in page.content()
    expect(page.locator(".token")).to_contain_text("River crossing")

    tab_to(page, page.locator(".token summary"))
    page.keyboard.press("Enter")
    go_by_keyboard(page, page.get_by_role("button", name="Revoke it for good"))
    expect(page.get_by_role("status")).to_contain_text("is revoked")
    with pytest.raises(HTTPError, match="401"):
        site.get("/api/v1/albums", **header)
