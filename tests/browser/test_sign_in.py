"""Coming in and going out, by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.collection import RIVER
from tests.browser.hands import go_by_keyboard, tab_to
from tests.browser.site import MEMBER, PASSWORD, Site
from tests.browser.witness import Witness

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
each_look = pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])


@each_look  # two tries each: the server takes ten a minute
def test_sign_in_and_out_by_keyboard(
    visit: Callable[..., Page], site: Site, witness: Witness, width: int, scripts: bool
) -> None:
    witness.expect_status(422)
    page = visit(site, f"/albums/{RIVER}?tags=steel", email="", width=width, scripts=scripts)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    _fill_in(page, "wrong horse")
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("do not belong together")
    password = page.get_by_label("Password")
    assert password.get_attribute("aria-invalid") == "true"
    assert password.get_attribute("aria-describedby") == refusal.get_attribute("id")

    _fill_in(page, PASSWORD)
    assert page.url == f"{site.address}/albums/{RIVER}?tags=steel"

    tab_to(page, page.locator("header summary"))
    page.keyboard.press("Enter")
    expect(page.locator("header")).to_contain_text(MEMBER)
    go_by_keyboard(page, page.get_by_role("button", name="Sign out"))
    page.goto("/")
    assert page.url.startswith(f"{site.address}/sign-in")
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def _fill_in(page: Page, password: str) -> None:
    email = page.get_by_label("E-mail address")
    tab_to(page, email)
    page.keyboard.press("Control+A")
    page.keyboard.type(MEMBER)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_every_page_asks_to_sign_in_first(visit: Callable[..., Page], site: Site) -> None:
    page = visit(site, "/sign-in", email="")
    image_id = site.image_ids(RIVER)[0]
    for path in ("/", f"/albums/{RIVER}", f"/albums/{RIVER}/map", f"/images/{image_id}", "/map", "/images"):
        page.goto(path)
        assert page.url.startswith(f"{site.address}/sign-in?next="), path
        assert page.get_by_text("Span").count() == 0
