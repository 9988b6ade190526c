"""A rendition on demand."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.photos import drawn_photographs, real_photographs
from benchmarks.resizing import LIMITS
from benchmarks.table import Figure
from gallery.media.format import Format
from gallery.media.rendering import Source, render
from gallery.media.rendition import write_renditions
from gallery.media.transformation import parse


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """CPU of this process."""
    folder.mkdir(parents=True)
    for kind, originals in (drawn_photographs(), real_photographs()):
        if originals:
            yield Figure(
                f"200 pixels on demand ({kind}), CPU",
                _on_demand(originals, folder, 5 if quick else 20) * 1e3,
                "ms",
            )


def _on_demand(originals: list[bytes], folder: Path, rounds: int) -> float:
    """The median photo's, from the stored 1920."""
    spent = []
    for number, original in enumerate(originals):
        path, made = folder / f"{number}.jpg", folder / f"renditions-{number}"
        path.write_bytes(original)
        size = write_renditions(path, Format.JPG, 1, made, LIMITS)
        source = Source(path, Format.JPG, 1, size.width_px, size.height_px, made)
        for quality in range(60, 60 + rounds):
            begun = time.process_time()
            render(source, parse(f"c_fill,h_200,w_200/q_{quality}"), "jpg", LIMITS)
            spent.append(time.process_time() - begun)
    return median(spent)
