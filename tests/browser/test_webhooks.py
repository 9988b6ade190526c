"""A person makes a webhook, tries it out and reads in the log what came of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import go_by_keyboard, overflow_px, tab_to
from tests.browser.site import Site
from tests.browser.witness import Witness

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser pages")]
URL = "https://127.0.0.1/" + "a" * 120
"""The gallery sends nothing into its own network, which the log must say."""


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_a_webhook_is_made_tried_out_and_a_message_sent_again_by_keyboard(
    visit: Callable[..., Page], workshop: Site, witness: Witness, width: int, scripts: bool
) -> None:
    witness.expect_status(422)
    page = visit(workshop, "/webhooks", width=width, scripts=scripts)
    expect(page.get_by_role("heading", name="No webhooks yet")).to_be_visible()
    page.get_by_label("Address").fill(URL)
    go_by_keyboard(page, page.get_by_role("button", name="Make the webhook"))
    expect(page.locator(".field-error")).to_be_visible()
    tab_to(page, page.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    go_by_keyboard(page, page.get_by_role("button", name="Make the webhook"))
    secret = page.locator(".token-text").inner_text()
    assert secret.startswith("whsec_")
    assert overflow_px(page) == 0

    page.goto("/webhooks")
    go_by_keyboard(page, page.get_by_role("link", name=URL))
    assert secret not in page.content()
    go_by_keyboard(page, page.get_by_role("button", name="Send a test message"))
    log = page.get_by_role("region", name="Messages of the last 30 days").get_by_role("listitem")
    expect(log).to_have_count(1)
    go_by_keyboard(page, page.get_by_role("button", name="Send again"))
    expect(page.get_by_role("status")).to_contain_text("is sent again")
    expect(log).to_have_count(2)
    wait_for_the_answer(page)
    assert overflow_px(page) == 0

    tab_to(page, page.get_by_text("Delete the webhook"))
    page.keyboard.press("Enter")
    go_by_keyboard(page, page.get_by_role("button", name="Delete it for good"))
    expect(page.get_by_role("status")).to_contain_text("is deleted")
    expect(page.get_by_role("heading", name="No webhooks yet")).to_be_visible()


def wait_for_the_answer(page: Page) -> None:
    """The worker looks for messages now and then; the page says so when it is loaded again."""
    for _ in range(40):
        if page.get_by_text("Answer").count() == 2:
            return
        page.wait_for_timeout(250)
        page.reload()
    pytest.fail("the log does not say what came of the messages")
