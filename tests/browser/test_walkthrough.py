"""Real photographs, from the folder to the map: what is shown is what another reader found in each file."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pyvips
from geographiclib.geodesic import Geodesic
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import drawn, images_under_pins, stated_count, tile_ids
from tests.browser.site import MEMBER, PASSWORD, Site, command, running_site
from tests.serving import child_environ, flask

pytestmark = [
    pytest.mark.browser,
    pytest.mark.photos,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser walkthrough"),
]
NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]
ALBUM = "photos"
SIZES_OF_THUMBNAILS = """tiles => Promise.all(tiles.map(async (tile) => {
  const shown = tile.querySelector("img");
  shown.loading = "eager";
  await shown.decode();
  const whole = new Image();  // the shown one counts in pixels of the page
  whole.src = shown.currentSrc;
  await whole.decode();
  return [tile.pathname.split("/").pop(), whole.naturalWidth, whole.naturalHeight];
}))"""


@dataclass(frozen=True, slots=True)
class Walk:
    """A gallery into which the folder was imported."""

    site: Site
    report: dict[str, Any]
    """What the import said."""
    records: list[dict[str, Any]]
    """What the API answers."""
    truth: dict[str, dict[str, Any]]
    """By image id, what the other reader says."""
    truth_by_path: dict[str, dict[str, Any]]
    """The same by path below the folder."""
    folder: Path


@pytest.fixture(scope="module")
def walk(
    browser: Browser,
    photos: Path,
    truth: dict[str, dict[str, Any]],
    new_gallery: NewGallery,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walk]:
    """Everything by the commands that an operator types."""
    with new_gallery("sqlite", tmp_path_factory.mktemp("walk"), SECRET_KEY="a secret of the walk") as environ:
        command(environ, "user", "add", MEMBER, "--password-stdin", stdin=PASSWORD)
        arguments = ("import", photos, "--album", ALBUM, "--user", MEMBER, "--process", "--json")
        imported = flask(child_environ(**environ), *arguments)
        token = command(environ, "token", "issue", MEMBER).strip()
        with running_site(environ, [MEMBER]) as site:
            answer = site.get("/api/v1/image_syncs", Authorization=f'Token token="{token}"')
            by_content = {entry["sha256"]: entry for entry in truth.values()}
            by_id = {
                row["id"]: by_content[row["sha256"]] for row in site.rows("SELECT id, sha256 FROM image")
            }
            yield Walk(site, json.loads(imported.stdout), json.loads(answer), by_id, truth, photos)


def test_every_photograph_was_imported_and_nothing_else(walk: Walk) -> None:
    refused = {str(Path(entry["path"]).relative_to(walk.folder)) for entry in walk.report["refused"]}
    assert refused.isdisjoint(walk.truth_by_path)
    assert walk.report["images"] == len(walk.truth_by_path) == len(walk.records) == len(walk.truth)


def test_only_damaged_photographs_have_no_picture_and_they_say_why(
    visit: Callable[..., Page], walk: Walk
) -> None:
    failed = [record for record in walk.records if not record["processed"]]
    path_of = {entry["sha256"]: path for path, entry in walk.truth_by_path.items()}
    page = visit(walk.site, f"/albums/{ALBUM}")
    for record in failed:
        path = walk.folder / path_of[walk.truth[record["id"]]["sha256"]]
        with pytest.raises(pyvips.Error):
            pyvips.Image.new_from_file(str(path), fail_on="warning").avg()
        tile = page.locator(f"#tiles a[href*='{record['id']}']")
        expect(tile).to_contain_text(record["processing_error"])


def test_records_have_the_upright_size(walk: Walk) -> None:
    for record in walk.records:
        true = walk.truth[record["id"]]
        assert (record["width"], record["height"]) == (true["display_width"], true["display_height"]), true


def test_records_have_the_position_of_the_file_or_none(walk: Walk) -> None:
    placed = 0
    for record in walk.records:
        true = walk.truth[record["id"]]
        if true["gps_class"] != "ok":
            assert record["gps"] is record["gps_exifs"] is None, true
            continue
        assert record["gps"] == record["gps_exifs"] is not None, true
        assert Geodesic.WGS84.Inverse(*record["gps"], *true["gps"])["s12"] < 1, true
        placed += 1
    assert placed > 0


def test_records_have_the_date_of_the_file_in_its_own_zone(walk: Walk) -> None:
    dated = 0
    for record in walk.records:
        true = walk.truth[record["id"]]
        if true["DateTimeOriginal"] is None:
            assert record["taken_at"] is None, true
            continue
        wanted = datetime.strptime(
            f"{true['DateTimeOriginal']} {true['OffsetTimeOriginal'] or '+00:00'}", "%Y:%m:%d %H:%M:%S %z"
        )
        taken_at = datetime.fromisoformat(record["taken_at"])
        assert taken_at.replace(microsecond=0).isoformat() == wanted.isoformat(), true
        dated += 1
    assert dated > 0


def test_records_agree_with_the_database(walk: Walk) -> None:
    rows = walk.site.rows(
        "SELECT id, latitude, longitude, original_width_px, original_height_px, taken_at FROM image"
    )
    assert len(rows) == len(walk.records)
    by_id = {record["id"]: record for record in walk.records}
    for row in rows:
        record = by_id[row["id"]]
        assert record["gps"] == (None if row["latitude"] is None else [row["latitude"], row["longitude"]])
        assert (record["width"], record["height"]) == (row["original_width_px"], row["original_height_px"])
        assert (record["taken_at"] is None) == (row["taken_at"] is None)


def test_the_grid_shows_every_photograph_in_its_shape(visit: Callable[..., Page], walk: Walk) -> None:
    page = visit(walk.site, f"/albums/{ALBUM}")
    page.set_default_timeout(60_000)
    assert stated_count(page) == len(walk.records)
    while page.locator("#more a").count():
        before = page.locator("#tiles > li").count()
        page.locator("#more a").click()
        expect(page.locator("#tiles > li")).not_to_have_count(before)
    assert tile_ids(page) == [record["id"] for record in walk.records]
    by_id = {record["id"]: record for record in walk.records}
    sizes = page.locator("#tiles > li > a", has=page.locator("img")).evaluate_all(SIZES_OF_THUMBNAILS)
    assert {image_id for image_id, _, _ in sizes} == {i for i, record in by_id.items() if record["processed"]}
    for image_id, width, height in sizes:
        record = by_id[image_id]
        wanted = width * record["height"] / record["width"]
        assert height == pytest.approx(wanted, abs=max(1, record["height"] / record["width"])), record[
            "filename"
        ]


def test_the_map_holds_exactly_the_placed_ones(visit: Callable[..., Page], walk: Walk) -> None:
    placed = [record for record in walk.records if record["gps"]]
    page = drawn(visit(walk.site, f"/albums/{ALBUM}/map"))
    assert images_under_pins(page) == len(placed)
    for zoom in (0, 5, 12, 18):
        answer = page.request.get("/api/v1/clusters.geojson", params={"album": ALBUM, "zoom": zoom}).json()
        assert sum(feature["properties"]["count"] for feature in answer["features"]) == len(placed)
        assert answer["unplaced"] == len(walk.records) - len(placed)
        assert answer["total"] == len(placed)


def test_a_photograph_is_found_where_it_was_taken(visit: Callable[..., Page], walk: Walk) -> None:
    placed = {record["id"]: walk.truth[record["id"]]["gps"] for record in walk.records if record["gps"]}
    alone = [
        record
        for record in walk.records
        if record["gps"]
        and all(
            Geodesic.WGS84.Inverse(*placed[record["id"]], *other)["s12"] > 500
            for image_id, other in placed.items()
            if image_id != record["id"]
        )
    ]
    assert len(alone) >= 3
    page = visit(walk.site, "/map")
    for record in alone[:3]:
        latitude, longitude = placed[record["id"]]
        page.goto("about:blank")
        page.goto(f"/albums/{ALBUM}/map#map=18/{latitude:.7f}/{longitude:.7f}")
        pin = page.locator(".map .pin")
        expect(pin).to_have_count(1)
        assert_is_in_the_middle(page)
        pin.click()
        expect(page.locator(".pin-card-title")).to_have_text(record["title"] or record["filename"])
        page.locator(".pin-card img").evaluate("image => image.decode()")
        link = page.locator(".pin-card a")
        assert (link.get_attribute("href") or "").endswith(f"/images/{record['id']}")


def assert_is_in_the_middle(page: Page) -> None:
    """The pin's middle is the map's, to the three pixels that are a metre at this zoom."""
    pin, window = page.locator(".map .pin").bounding_box(), page.locator(".map").bounding_box()
    assert pin is not None
    assert window is not None
    assert pin["x"] + pin["width"] / 2 == pytest.approx(window["x"] + window["width"] / 2, abs=3)
    assert pin["y"] + pin["height"] / 2 == pytest.approx(window["y"] + window["height"] / 2, abs=3)
