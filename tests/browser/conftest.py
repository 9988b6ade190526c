"""Debian's Chromium before the real server; every page is watched."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import collection
from tests.browser.site import MEMBER, Site, running_site
from tests.browser.witness import Witness

NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]
PATIENCE_MS = 10_000
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; without one the test is skipped, and under CI fails."""
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "Chromium is not installed; scripts/install-test-servers installs it"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[NOWHERE_ELSE])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(
    browser: Browser, new_gallery: NewGallery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The running gallery that holds the collection. Tests only look at it."""
    folder = tmp_path_factory.mktemp("site")
    with new_gallery("sqlite", folder, SECRET_KEY="a secret of the browser's tests") as environ:
        collection.fill(environ)
        with running_site(environ) as site:
            yield site


@pytest.fixture(scope="session")
def workshop(
    browser: Browser, new_gallery: NewGallery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The running gallery in which each test makes an album of its own and changes it."""
    folder = tmp_path_factory.mktemp("workshop")
    with new_gallery("sqlite", folder, SECRET_KEY="a secret of the browser's workshop") as environ:
        collection.people(environ)
        with running_site(environ) as site:
            yield site


@pytest.fixture
def new_album(workshop: Site) -> Callable[..., str]:
    """Make an album of so many processed images, and admit its members: the id."""
    return lambda count=0, **more: collection.new_album(workshop.environ, count, **more)


@pytest.fixture
def witness() -> Iterator[Witness]:
    """Must have nothing to complain about at the end."""
    witness = Witness()
    yield witness
    assert not witness.complaints, "\n".join(witness.complaints)


@pytest.fixture
def visit(browser: Browser, witness: Witness) -> Iterator[Callable[..., Page]]:
    """Open a page of a site as one person, none where `email` is empty, in a window of this width."""
    contexts = []

    def visit(
        site: Site,
        path: str = "/",
        *,
        email: str = MEMBER,
        width: int = 1440,
        scripts: bool = True,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        witness.watch(context, site.address)
        if email:
            cookie = {"name": "gallery_session", "value": site.cookies[email], "url": site.address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is one
        page = context.new_page()
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
