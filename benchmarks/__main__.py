"""`python -m benchmarks [--quick] [NAME…]`."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    archive,
    changes,
    evidence,
    exports,
    filters,
    flags,
    import_photos,
    machine,
    map_cells,
    map_in_browser,
    pages,
    renditions,
    start,
    sync_all,
    sync_ids,
    workers,
)
from benchmarks.stock import fill
from benchmarks.table import Figure, markdown

NAMES = (
    "sync_ids",
    "sync_all",
    "changes",
    "import_photos",
    "renditions",
    "workers",
    "filters",
    "flags",
    "map_cells",
    "map_in_browser",
    "exports",
    "archive",
    "evidence",
    "pages",
    "start",
)
SIZES, QUICK_SIZES = os.environ.get("BENCH_RECORDS", "1000,100000,1000000"), "1000,10000"
"""How many images there are; a list, so that growth is seen."""
FILTERED, QUICK_FILTERED = (100_000, 1_000_000), (100_000,)
LOOKED_AT = (200_000, 1_000_000)
BY_SIZE = {"filters": filters, "flags": flags, "map_cells": map_cells, "map_in_browser": map_in_browser}
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measure what is asked for; only a whole run replaces the kept table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the gallery.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and images, for a look")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(NAMES)}")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"there is no benchmark {sorted(unknown)[0]!r}")
    about, figures = machine.described(), []
    with tempfile.TemporaryDirectory(prefix="gallery-bench-") as folder:
        Path(folder).chmod(0o711)  # nginx, which runs as nobody, finds its own folder in it
        for figure in _measure(set(asked.names or NAMES), Path(folder), asked.quick):
            print("  " + "  ".join(filter(None, figure.cells())), flush=True)
            figures.append(figure)
    table = markdown(figures)
    print(f"\n{about}\n\n{table}")
    if not asked.names and not asked.quick:
        RESULTS.write_text(f"# What `make bench` printed last\n\n{about}\n\n{table}\n\n{NOTES}")
        print(f"\nWritten to {RESULTS}")


def _measure(names: set[str], folder: Path, quick: bool) -> Iterator[Figure]:
    if names & {"sync_ids", "sync_all", "changes"}:
        for count in map(int, (QUICK_SIZES if quick else SIZES).split(",")):
            yield from _measure_sync(names, folder / str(count), count, quick)
    if "import_photos" in names:
        yield from import_photos.run(folder / "import", quick=quick)
    if "renditions" in names:
        yield from renditions.run(folder / "renditions", quick=quick)
    if "workers" in names:
        yield from workers.run(folder / "workers", quick=quick)
    for name, measured in BY_SIZE.items():
        sizes = QUICK_FILTERED if quick else LOOKED_AT if measured is map_in_browser else FILTERED
        for count in sizes if name in names else ():
            yield from measured.run(folder / f"{name}-{count}", count, quick=quick)
    if "exports" in names:
        yield from exports.run(folder / "exports", *(QUICK_FILTERED if quick else FILTERED[-1:]))
    if "archive" in names:
        yield from archive.run(folder / "archive", quick=quick)
    if "evidence" in names:
        yield from evidence.run(folder / "evidence", quick=quick)
    if "pages" in names:
        yield from pages.run(folder / "pages", quick=quick)
    if "start" in names:
        yield from start.run(folder / "start", quick=quick)


def _measure_sync(names: set[str], folder: Path, count: int, quick: bool) -> Iterator[Figure]:
    print(f"Filling a gallery of {count:,}…", flush=True)
    stock = fill(folder / "stock", count)
    if "sync_ids" in names:
        yield from sync_ids.run(stock, folder / "ids", quick=quick)
    if "sync_all" in names:
        yield from sync_all.run(stock, folder / "nginx", quick=quick)
    if "changes" in names:
        yield from changes.run(stock, quick=quick)
    shutil.rmtree(folder)


NOTES = """\
The ratio is the gallery's number by theirs. A floor is what nobody could do the same work below; a peer is
what most would write. Rivals take turns in one run, and each figure is a median. CPU is user and system time
of all processes of a server. The caller is a member of every album with a token that is checked on every
call; nginx and the peer check nothing. SSIM and sharpness are defined in `likeness.py`; the floor of the
import makes one picture where the gallery makes four and keeps, records and describes the original.
"""


if __name__ == "__main__":
    main()
