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
from benchmarks.results import RESULTS, keep
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
OF_ONE_SIZE = {
    "import_photos": import_photos,
    "renditions": renditions,
    "workers": workers,
    "archive": archive,
    "evidence": evidence,
    "pages": pages,
    "start": start,
}


def main() -> None:
    """Measure what is asked for, and keep what is no mere look."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the gallery.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and images, for a look")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(NAMES)}")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"there is no benchmark {sorted(unknown)[0]!r}")
    about, measured = machine.described(), dict[str, list[Figure]]()
    with tempfile.TemporaryDirectory(prefix="gallery-bench-") as folder:
        Path(folder).chmod(0o711)  # nginx, which runs as nobody, finds its own folder in it
        for name, figures in _measure(set(asked.names or NAMES), Path(folder), asked.quick):
            for figure in figures:
                print("  " + "  ".join(filter(None, figure.cells())), flush=True)
                measured.setdefault(name, []).append(figure)
    print(f"\n{about}")
    for name, found in measured.items():
        print(f"\n{name}\n\n{markdown(found)}")
    if not asked.quick:
        keep(measured, about, NAMES)
        print(f"\nWritten to {RESULTS}")


def _measure(names: set[str], folder: Path, quick: bool) -> Iterator[tuple[str, Iterator[Figure]]]:
    """(name of the benchmark, its figures, measured while they are gone through)."""
    if names & {"sync_ids", "sync_all", "changes"}:
        for count in map(int, (QUICK_SIZES if quick else SIZES).split(",")):
            yield from _measure_sync(names, folder / str(count), count, quick)
    for name in NAMES:
        if name in names & BY_SIZE.keys():
            sizes = QUICK_FILTERED if quick else LOOKED_AT if name == "map_in_browser" else FILTERED
            for count in sizes:
                yield name, BY_SIZE[name].run(folder / f"{name}-{count}", count, quick=quick)
        elif name == "exports" and name in names:
            yield name, exports.run(folder / name, *(QUICK_FILTERED if quick else FILTERED[-1:]))
        elif name in names & OF_ONE_SIZE.keys():
            yield name, OF_ONE_SIZE[name].run(folder / name, quick=quick)


def _measure_sync(
    names: set[str], folder: Path, count: int, quick: bool
) -> Iterator[tuple[str, Iterator[Figure]]]:
    print(f"Filling a gallery of {count:,}…", flush=True)
    stock = fill(folder / "stock", count)
    if "sync_ids" in names:
        yield "sync_ids", sync_ids.run(stock, folder / "ids", quick=quick)
    if "sync_all" in names:
        yield "sync_all", sync_all.run(stock, folder / "nginx", quick=quick)
    if "changes" in names:
        yield "changes", changes.run(stock, quick=quick)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
