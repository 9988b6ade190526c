"""The map in Chromium: how soon it shows what is there, at first and after every move."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks import placed_stock
from benchmarks.judges import CHROMIUM
from benchmarks.map_cells import Asking
from benchmarks.servers import Server, gallery
from benchmarks.table import Figure

VISITS, QUICK_VISITS = 5, 2
MOVES, QUICK_MOVES = 60, 12
MOST_FIRST_S, MOST_CHANGE_MS, MOST_HEAP_MB = 1, 400, 20
SIZE = {"width": 1440, "height": 900}
STILL_MS = 300
"""After a move, in which a hand goes to the next."""
_WATCH = """window.seen = { moved: 0, took: [], told: () => {} };
seen.after = (count) => new Promise((done, fail) => {
  setTimeout(fail, 20_000, "nothing was drawn");
  seen.told = () => { if (seen.took.length > count) done(seen.took.slice(count)); };
  seen.told();
});
function watch(map) {
  const drawn = () => {
    if (map.hasAttribute("aria-busy")) return;
    seen.took.push([performance.now(), performance.now() - seen.moved]);
    seen.moved = 0;
    seen.told();
  };
  new MutationObserver(() => {
    if (map.hasAttribute("aria-busy")) seen.moved ||= performance.now();
    else requestAnimationFrame(() => setTimeout(drawn));
  }).observe(map, { attributes: true, attributeFilter: ["aria-busy"] });
}
addEventListener("DOMContentLoaded", () => watch(document.querySelector(".map")));"""
"""The map is busy from a move's end until its clusters are in the page; the frame after that counts."""
_COUNT = "document.querySelectorAll('.pin').length"


def run(folder: Path, count: int, *, quick: bool) -> Iterator[Figure]:
    """Needs Chromium; the pictures of the clusters are real ones."""
    if not CHROMIUM:
        print("  the map is not looked at: Chromium is not installed", flush=True)
        return
    yield from measured(placed_stock.fill(folder, count), count, quick=quick)


def measured(stock: placed_stock.PlacedStock, count: int, *, quick: bool) -> Iterator[Figure]:
    """Of a stock that is there."""
    with gallery(stock.environ) as server:
        asking = Asking(server, stock.cookie)
        asking.wait_for_the_index()
        asking.close()
        firsts = [_first_s(stock, server) for _ in range((QUICK_VISITS if quick else VISITS) + 1)]
        about = f"map of {count:,}"
        yield Figure(
            f"{about}, clusters on a first visit", median(firsts[1:]), "s", "asked: at most", MOST_FIRST_S
        )
        with _page(stock, server) as page:
            took = sorted(_changes_ms(page, QUICK_MOVES if quick else MOVES))
            for name, part in (("median", 0.5), ("p95", 0.95)):
                found = took[int(len(took) * part)]
                yield Figure(
                    f"{about}, a change of view, {name}", found, "ms", "asked: at most", MOST_CHANGE_MS
                )
            yield Figure(
                f"{about}, JavaScript's heap after it", _heap_mb(page), "MB", "asked: at most", MOST_HEAP_MB
            )


def _first_s(stock: placed_stock.PlacedStock, server: Server) -> float:
    """From the navigation to the frame that has clusters, with nothing in the browser's cache."""
    with _page(stock, server) as page:
        found: float = page.evaluate("seen.took[0][0]")
        if not page.evaluate(_COUNT):
            raise RuntimeError("the map shows nothing")
        return found / 1000


@contextmanager
def _page(stock: placed_stock.PlacedStock, server: Server) -> Iterator[Page]:
    """The map of all images, drawn."""
    name, value = stock.cookie
    address = f"http://127.0.0.1:{server.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=address, viewport=SIZE)  # type: ignore[arg-type]  # plain numbers
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto("/map", wait_until="commit")
        page.evaluate("seen.after(0)")
        yield page
        browser.close()


def _changes_ms(page: Page, moves: int) -> Iterator[float]:
    """Drags and turns of the wheel, as a hand makes them."""
    dice = random.Random(17)
    box = page.locator(".map").bounding_box()
    assert box is not None
    page.wait_for_load_state("networkidle")
    for _ in range(moves):
        before = page.evaluate("seen.took.length")
        x, y = (
            box[at] + box[size] * dice.uniform(0.3, 0.7) for at, size in (("x", "width"), ("y", "height"))
        )
        page.mouse.move(x, y)
        zoom = page.evaluate("Number(/#map=(\\d+)/.exec(location.hash)?.[1] ?? 2)")
        if dice.random() < 0.5:
            page.mouse.wheel(0, _turn(dice, zoom))
        else:
            page.mouse.down()
            page.mouse.move(x + dice.uniform(-400, 400), y + dice.uniform(-250, 250), steps=8)
            page.mouse.up()
        page.evaluate(f"seen.after({before})")
        page.wait_for_timeout(STILL_MS)
        for _, took_ms in page.evaluate(f"seen.after({before})"):
            yield took_ms


def _turn(dice: random.Random, zoom: int) -> int:
    """In from afar, out from close by, else as it comes: about two levels."""
    closer = zoom < 4 or (zoom < 14 and dice.random() < 0.55)
    return -240 if closer else 240


def _heap_mb(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")) / 1e6
