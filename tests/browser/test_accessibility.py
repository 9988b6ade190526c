"""axe-core finds nothing on any page, in light and dark, narrow and wide."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page

from gallery.db import begin_write, db
from gallery.models.claim import Claim, Source
from gallery.models.image import find_image
from tests.browser.collection import BROWSER_AT, CAMERA_AT, CONFLICTING, DAMAGED, EMPTY, RIVER
from tests.browser.hands import too_wide
from tests.browser.site import ADMIN, MEMBER, STRANGER, Site, app_of
from tests.browser.witness import Witness
from tests.serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser accessibility")]

LONG_TITLE = "صورة الجسر الكبير عند المدخل الشرقي بعد انتهاء أعمال الفحص " + "السنوي" * 20
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary, html }) =>
    `${id}: ${target.join(" ")}\\n${html.slice(0, 200)}\\n${failureSummary}`));
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's program; where it is missing the test is skipped, and under CI fails."""
    path = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        reason = "axe-core is not installed; make test installs it"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return path.read_text()


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/",
        "/images?any=steel,night",
        f"/albums/{RIVER}?tags=steel&not=night",
        f"/albums/{RIVER}?tags=steel&not=steel",
        f"/albums/{EMPTY}",
        f"/images/{CONFLICTING}",
        f"/images/{DAMAGED}",
        f"/albums/{RIVER}/map?tags=night",
        "/map",
        "/tokens",
        "/webhooks",
        "/trash",
        "/shares",
        f"/shares/new?album={RIVER}",
        f"/albums/{RIVER}?view=table&sort=-taken",
        f"/albums/{RIVER}?sort=-taken",
        f"/albums/{RIVER}/months",
        f"/albums/{RIVER}/upload",
        f"/albums/{RIVER}/order",
        f"/images/{CONFLICTING}/crop",
        "/nothing-here",
    ],
)
def test_axe_finds_nothing(
    visit: Callable[..., Page], site: Site, witness: Witness, axe: str, path: str
) -> None:
    if path == "/nothing-here":
        witness.expect_status(404)
    for row in site.rows("SELECT id, title FROM image WHERE title IN (?, ?)", CONFLICTING, DAMAGED):
        path = path.replace(row["title"], row["id"])
    page = visit(site, path, email="" if path == "/sign-in" else MEMBER)
    if "/map" in path:
        page.wait_for_selector(".map:not([aria-busy]) .pin")
    page.evaluate(axe)
    assert violations_in_every_look(page) == []


def test_axe_finds_nothing_in_an_open_popup_and_menu(
    visit: Callable[..., Page], site: Site, axe: str
) -> None:
    page = visit(site, f"/albums/{RIVER}/map#map=16/{CAMERA_AT.latitude}/{CAMERA_AT.longitude}")
    page.get_by_role("button", name=CONFLICTING).click()
    page.wait_for_selector(".pin-card")
    page.evaluate(axe)
    assert violations_in_every_look(page) == []
    page.locator("header summary").press("Enter")
    assert violations_in_every_look(page) == []


def test_axe_finds_nothing_while_images_are_selected_or_looked_at(
    visit: Callable[..., Page], site: Site, axe: str
) -> None:
    page = visit(site, f"/albums/{RIVER}")
    page.evaluate(axe)
    page.keyboard.press("?")
    assert page.locator("[data-keys]").evaluate("sheet => sheet.open && sheet.scrollTop") == 0
    assert violations_in_every_look(page) == []
    page.keyboard.press("Escape")
    page.get_by_text("Select", exact=True).click()
    page.locator(".tile-tick").first.check()
    page.locator("summary", has_text="Move").click()
    assert violations_in_every_look(page) == []
    page.get_by_role("button", name="Done").click()
    page.locator("#tiles > li > a").nth(3).click()
    page.wait_for_selector(".pswp--open")
    page.keyboard.press("i")
    page.wait_for_selector(".pswp-info .dossier")
    assert violations_in_every_look(page) == []


def test_axe_finds_nothing_where_a_token_is_made(
    visit: Callable[..., Page], site: Site, witness: Witness, axe: str
) -> None:
    witness.expect_status(422)
    page = visit(site, "/tokens", email=STRANGER)
    for is_wrong in (True, False):
        page.get_by_label("Name", exact=True).fill("Crawler")
        page.get_by_label("Read:").set_checked(not is_wrong)
        page.get_by_role("button", name="Make the token").click()
        page.wait_for_selector(".field-error" if is_wrong else ".token-made")
        page.evaluate(axe)
        assert violations_in_every_look(page) == []
    page.locator(".token summary").first.click()
    assert violations_in_every_look(page) == []


def test_axe_finds_nothing_on_reviewers_pages_and_right_to_left_they_are_no_wider(
    visit: Callable[..., Page],
    browser: Browser,
    workshop: Site,
    new_album: Callable[..., str],
    axe: str,
    tmp_path: Path,
) -> None:
    album = new_album(2, location={**BROWSER_AT._asdict(), "accuracy": 25.0}, title=LONG_TITLE)
    (image, _) = workshop.image_ids(album)
    (person,) = (row["id"] for row in workshop.rows("SELECT id FROM user WHERE email = ?", MEMBER))
    with app_of(workshop.environ):
        begin_write()
        found = find_image(image)
        assert found is not None
        found.claims.append(Claim(source=Source.EXIF, **BROWSER_AT._asdict()))
        db.session.commit()
    page = visit(workshop, "/", email=ADMIN)
    troubles = []
    for path in (
        *("/review", f"/review/{image}", "/review/agreeing"),
        *("/audit", f"/images/{image}/history", f"/albums/{album}/place"),
        *("/users", "/users/new", "/account", f"/users/{person}"),
    ):
        page.goto(path)
        page.evaluate(axe)
        troubles += [f"{path}: {trouble}" for trouble in (*violations_in_two_looks(page), *too_wide(page))]
    page.goto(f"/images/{image}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Evidence pack").click()
    with ZipFile(download.value.path()) as pack:
        pack.extractall(tmp_path)
    pack_page = browser.new_page()
    pack_page.goto((tmp_path / "index.html").as_uri())
    pack_page.evaluate(axe)
    troubles += [
        f"pack: {trouble}" for trouble in (*violations_in_two_looks(pack_page), *too_wide(pack_page))
    ]
    pack_page.close()
    assert not troubles, "\n".join(troubles)


def violations_in_every_look(page: Page) -> list[str]:
    """What axe says, each with width and theme."""
    return violations(page, [(width, theme) for width in (1440, 390) for theme in ("light", "dark")])


def violations_in_two_looks(page: Page) -> list[str]:
    """The same of every width and every theme, but not of each of one in each of the other."""
    return violations(page, [(1440, "light"), (390, "dark")])


def violations(page: Page, looks: Iterable[tuple[int, str]]) -> list[str]:
    """What axe says, each with width and theme."""
    found: list[str] = []
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of its literals
        found += [f"{width} px, {theme}: {violation}" for violation in page.evaluate(RUN_AXE)]
    return found
