"""Takes the README's pictures of the real pages, with the demo's albums, in Debian's Chromium.

Run by `make screenshots`; the pictures go to docs/pictures.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyvips
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
DESKTOP, PHONE = (1440, 900), (390, 844)
START_TIMEOUT_S = 180


@contextmanager
def demo_server(instance: str) -> Iterator[tuple[str, str, str]]:
    """(address, e-mail, password) of a gallery with the demo, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "GALLERY_INSTANCE": instance},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"Sign in as (\S+) with the password (\S+)", line):
                yield f"http://127.0.0.1:{port}", found[1], found[2]
                return
        raise SystemExit("The demo did not start.")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_TIMEOUT_S)


def visit(
    browser: Browser, address: str, email: str, password: str, look: str, size: tuple[int, int]
) -> Page:
    """A signed-in page of this colour scheme and size."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if look == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def take(page: Page, name: str) -> None:
    """Keep what the page shows as a JPEG small enough for a README."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)
    picture = pyvips.Image.new_from_buffer(page.screenshot(), "")
    picture.extract_band(0, n=3).jpegsave(str(PICTURES / f"{name}.jpg"), Q=82, keep="none")
    print(f"docs/pictures/{name}.jpg")


def take_all(browser: Browser, address: str, email: str, password: str) -> None:
    """Every picture of the README."""
    for look in ("light", "dark"):
        page = visit(browser, address, email, password, look, DESKTOP)
        page.get_by_role("link", name="Harbour crossing").first.click()
        take(page, f"album-{look}")
        page.get_by_role("link", name="Map", exact=True).last.click()
        take(page, f"map-{look}")
        if look == "light":
            page.goto(f"{address}/images?view=table&sort=-taken")
            take(page, "table-light")
        page.goto(f"{address}/")
        page.get_by_role("link", name="Paul-Bert").first.click()
        page.goto(address + (page.locator("#tiles a").first.get_attribute("href") or ""))
        take(page, f"image-{look}")
        page.goto(f"{address}/review")
        page.get_by_role("link", name="Start reviewing").click()
        take(page, f"review-{look}")
    page = visit(browser, address, email, password, "light", PHONE)
    take(page, "albums-phone")
    page.get_by_role("link", name="Harbour crossing").first.click()
    page.get_by_role("link", name="Add photographs").click()
    take(page, "upload-phone")
    page = visit(browser, address, email, password, "dark", PHONE)
    page.goto(f"{address}/map")
    take(page, "map-phone-dark")


def main() -> None:
    """Start, look, stop."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as instance,
        demo_server(instance) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take_all(browser, *site)
        browser.close()


if __name__ == "__main__":
    main()
