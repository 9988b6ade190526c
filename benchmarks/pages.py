"""Pages as strangers' programs judge them, what a first view weighs, and when its largest picture comes."""

import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from statistics import median
from urllib.error import HTTPError

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from benchmarks import judges
from benchmarks.page_stock import SESSION, Site, environ_of, of_size, with_pictures
from benchmarks.servers import gallery
from benchmarks.table import Figure

SIZES, QUICK_SIZES = (0, 1, 10_000), (1,)
SCORES = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
"""Lighthouse's categories, and what is asked of each."""
MOST_WEIGHT_KB, MOST_PAINT_S = 40, 0.8
WIDTHS_PX = (390, 1440)
_LARGEST_PAINT = """() => new Promise((done) => {
  const observer = new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime));
  observer.observe({ type: "largest-contentful-paint", buffered: true });
})"""


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Needs Chromium and what `make bench` installs under benchmarks/."""
    if reason := judges.missing():
        print(f"  pages are not judged: {reason}", flush=True)
        return
    folder.mkdir(parents=True)
    with _browser() as browser:
        for count in QUICK_SIZES if quick else SIZES:
            with of_size(folder / str(count), count) as site:
                yield from _faults(site, browser, folder / f"nu-{count}", count)
                if count > 1:
                    yield from _weights(site)
        with with_pictures(folder / "demo") as site:
            yield from _paints(site, environ_of(folder / "demo"), browser, 3 if quick else 9)
            yield from _scores(site, folder, 1 if quick else 3)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=judges.CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _faults(site: Site, browser: Browser, folder: Path, count: int) -> Iterator[Figure]:
    """Each is printed, so that it can be mended."""
    paths, strangers = site.paths(), replace(site, cookie="")
    pages = {path: _read(site, path).decode() for path in paths}
    pages |= {path: _read(strangers, path).decode() for path in site.strangers_paths()}
    errors = judges.nu_errors(pages, folder)
    violations = _violations(site, browser, paths) + _violations(strangers, browser, site.strangers_paths())
    for fault in sorted({*(errors or ()), *violations}):
        print(f"    {fault}", flush=True)
    about = f"{len(pages)} pages with {count:,} images"
    if errors is None:
        print("  the Nu HTML checker is left out: Java is not installed", flush=True)
    else:
        yield Figure(f"Nu HTML checker, errors on {about}", len(errors), "", "asked", 0)
    yield Figure(f"axe, violations on {about}", len(violations), "", "asked", 0)


def _violations(site: Site, browser: Browser, paths: list[str]) -> list[str]:
    """At every width."""
    found = []
    with _context(site, browser) as context:
        page = context.new_page()
        for path in paths:
            page.goto(path)
            for width_px in WIDTHS_PX:
                page.set_viewport_size({"width": width_px, "height": 844})
                page.wait_for_timeout(200)  # scripts put the last words in
                found += [f"{path}: {violation}" for violation in judges.axe_violations(page)]
    return found


def _weights(site: Site) -> Iterator[Figure]:
    """HTML, styles and scripts as they are sent, without what is said around them."""
    for language, name in (("en", "English"), ("fr", "French")):
        page = _read(site, f"/albums/{site.album}", language)
        named = re.findall(r'<(?:link rel="stylesheet" href|script [^>]*\bsrc)="([^"]+)"', page.decode())
        sent = [f"/albums/{site.album}", *map(unescape, named)]
        weight = sum(len(_read(site, path, language, "br")) for path in sent)
        about = f"an album's first view of 200, {name}: HTML, styles and scripts"
        yield Figure(about, weight / 1000, "KB", "asked: at most", MOST_WEIGHT_KB)


def _paints(site: Site, environ: dict[str, str], browser: Browser, rounds: int) -> Iterator[Figure]:
    """Of the first visit after a start of the server, which loads what it needs for it, and of the second."""
    first, later = [], []
    for _ in range(rounds):
        with gallery(environ) as server:
            started = replace(site, address=f"http://127.0.0.1:{server.port}")
            first.append(_paint_s(started, browser))
            later.append(_paint_s(started, browser))
    for name, found in (("first visit after a start", first), ("later", later)):
        yield Figure(f"an album's largest paint, {name}", median(found), "s", "asked: at most", MOST_PAINT_S)


def _paint_s(site: Site, browser: Browser) -> float:
    with _context(site, browser) as context:
        page = context.new_page()
        page.goto(f"/albums/{site.album}", wait_until="networkidle")
        return float(page.evaluate(_LARGEST_PAINT)) / 1000


def _scores(site: Site, folder: Path, rounds: int) -> Iterator[Figure]:
    pages = {"album": f"/albums/{site.album}", "image": f"/images/{site.image}", "map": "/map"}
    for name, path in pages.items():
        cookie = f"{SESSION}={site.cookie}"
        reports = [judges.lighthouse(site.address + path, cookie, folder) for _ in range(rounds)]
        for category, asked in SCORES.items():
            score = median(report["categories"][category]["score"] * 100 for report in reports)
            yield Figure(f"Lighthouse, {name}: {category}", score, "", "asked: at least", asked)


@contextmanager
def _context(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.address, viewport={"width": WIDTHS_PX[-1], "height": 844})
    if site.cookie:
        context.add_cookies([{"name": SESSION, "value": site.cookie, "url": site.address}])
    yield context
    context.close()


def _read(site: Site, path: str, language: str = "en", coding: str = "identity") -> bytes:
    """What is sent, compressed as it is; a page that refuses is a page, too."""
    headers = {"Cookie": f"{SESSION}={site.cookie}", "Accept-Language": language, "Accept-Encoding": coding}
    try:
        answer = urllib.request.urlopen(urllib.request.Request(site.address + path, headers=headers))
    except HTTPError as error:
        return error.read()
    with answer:
        body: bytes = answer.read()
        return body
