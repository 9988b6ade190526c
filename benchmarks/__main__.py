"""`python -m benchmarks [--quick] [NAME…]`."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import (
    archive,
    changes,
    exports,
    filters,
    import_photos,
    machine,
    renditions,
    start,
    sync_all,
    sync_ids,
)
from benchmarks.stock import fill
from benchmarks.table import Figure, markdown

NAMES = (
    "sync_ids",
    "sync_all",
    "changes",
    "import_photos",
    "renditions",
    "filters",
    "exports",
    "archive",
    "start",
)
MANY, QUICK_MANY, FEW = int(os.environ.get("BENCH_RECORDS", "100000")), 10_000, 1_000
FILTERED, QUICK_FILTERED = (100_000, 1_000_000), (100_000,)
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measure what is asked for; only a whole run replaces the kept table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the gallery.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and 10,000 records, for a look")
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
        print("Filling a gallery…", flush=True)
        many = fill(folder / "many", QUICK_MANY if quick else MANY)
        if "sync_ids" in names:
            yield from sync_ids.run(many, folder / "ids", quick=quick)
        if "sync_all" in names:
            yield from sync_all.run(fill(folder / "few", FEW), folder / "few-nginx", quick=quick)
            yield from sync_all.run(many, folder / "many-nginx", quick=quick)
        if "changes" in names:
            yield from changes.run(many, quick=quick)
    if "import_photos" in names:
        yield from import_photos.run(folder / "import", quick=quick)
    if "renditions" in names:
        yield from renditions.run(folder / "renditions", quick=quick)
    if "filters" in names:
        for count in QUICK_FILTERED if quick else FILTERED:
            yield from filters.run(folder / f"filters-{count}", count, quick=quick)
    if "exports" in names:
        yield from exports.run(folder / "exports", *(QUICK_FILTERED if quick else FILTERED[-1:]))
    if "archive" in names:
        yield from archive.run(folder / "archive", quick=quick)
    if "start" in names:
        yield from start.run(folder / "start", quick=quick)


NOTES = """\
The ratio is the gallery's number by theirs. A floor is what nobody could do the same work below; a peer is
what most would write. Rivals take turns in one run, and each figure is a median. CPU is user and system time
of all processes of a server. The caller is a member of every album with a token that is checked on every
call; nginx and the peer check nothing. SSIM and sharpness are defined in `likeness.py`; the floor of the
import makes one picture where the gallery makes four and keeps, records and describes the original.
"""


if __name__ == "__main__":
    main()
