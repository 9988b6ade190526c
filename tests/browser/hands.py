"""What a person does on a page, and what they see of it."""

import re

from playwright.sync_api import Locator, Page

MOST_STOPS = 150
LABELS_IN_VIEW = """pins => {
  const view = document.querySelector(".map").getBoundingClientRect();
  const isIn = ({ x, y, width, height }) =>
    x + width > view.left && x < view.right && y + height > view.top && y < view.bottom;
  return pins.filter((pin) => isIn(pin.getBoundingClientRect())).map((pin) => pin.getAttribute("aria-label"));
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STOPS} times Tab did not lead to {wanted}")


def go_by_keyboard(page: Page, link: Locator) -> None:
    """Follow a link, or press a form's button, with Tab and Enter alone."""
    tab_to(page, link)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, link: Locator) -> None:
    """Press a link, or a form's button, and wait for the page that it leads to."""
    with page.expect_navigation():
        link.click()


def tile_ids(page: Page) -> list[str]:
    """The images of the grid as it is, in its order."""
    ids: list[str] = page.locator("#tiles > li > a").evaluate_all(
        "links => links.map(link => link.pathname.split('/').pop())"
    )
    return ids


def stated_count(page: Page) -> int:
    """How many images the page says that it has."""
    return int(page.locator(".page-sum b").first.inner_text().replace(",", ""))


def chip(page: Page, name: str) -> Locator:
    """The filter's chip of this tag."""
    return page.locator(".filter .chip", has=page.get_by_text(name, exact=True))


def chip_count(page: Page, name: str) -> int:
    """The number on the chip."""
    return int(chip(page, name).locator(".chip-count").inner_text().replace(",", ""))


def overflow_px(page: Page) -> int:
    """How far the page reaches beyond the right edge of the window."""
    width: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return max(width, 0)


def drawn(page: Page) -> Page:
    """The page, once its pins stand."""
    page.wait_for_selector(".map:not([aria-busy]) .pin")
    return page


def images_under_pins(page: Page) -> int:
    """How many images the pins in view stand for, by what they say."""
    labels: list[str] = page.locator(".map .pin").evaluate_all(LABELS_IN_VIEW)
    found = [re.match(r"([\d,]+) images\b", label) for label in labels]
    return sum(int(match[1].replace(",", "")) if match else 1 for match in found)


def too_wide(page: Page) -> list[str]:
    """The widths in which the page, read from right to left, has to be scrolled to the side."""
    page.evaluate("document.documentElement.dir = 'rtl'")
    found = []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width} px are too narrow")
    return found
