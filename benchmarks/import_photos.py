"""Photographs a second and core: the whole import, and the set of renditions alone with its quality."""

import itertools
import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from statistics import mean

from flask import Flask

from benchmarks import likeness, resizing, sharp_peer, thumbor_peer
from benchmarks.photos import marked, photographs
from benchmarks.processes import cpu_s
from benchmarks.rounds import medians
from benchmarks.stock import let_go
from benchmarks.table import Figure
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import load_settings
from gallery.db import begin_write, db
from gallery.ingest import Upload, keep
from gallery.jobs import queue_of
from gallery.models.album import create_album, find_album

ALBUM = "import"
FLOOR = "floor: libjpeg-turbo in Pillow, decode at DCT scale + encode of the 1920"
PEER = "peer: Pillow, thumbnail (Lanczos) + save of the four"


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """CPU time of this process and its decoding child; a photo's figure is the mean of the set."""
    kind, originals = photographs()
    app = _app(folder)
    numbers = itertools.count()
    ways = {name: _timer(way, originals, folder) for name, way in resizing.WAYS.items()}
    with app.app_context():
        found = medians({**ways, "import": lambda: _import(app, originals, numbers)}, 2 if quick else 7)
        let_go()
    yield Figure(f"import ({kind}), a core", 1 / found["import"], "photos/s", FLOOR, 1 / found["floor"])
    yield Figure(f"import ({kind}), CPU a photo", found["import"] * 1e3, "ms", FLOOR, found["floor"] * 1e3)
    for beside, theirs in ((FLOOR, found["floor"]), (PEER, found["peer"])):
        yield Figure("rendition set, CPU a photo", found["ours"] * 1e3, "ms", beside, theirs * 1e3)
    for peer in (sharp_peer, thumbor_peer):
        if spent := peer.cpu_s_a_photo(originals, folder):
            yield Figure("rendition set, CPU a photo", found["ours"] * 1e3, "ms", peer.NAME, spent * 1e3)
    yield from _quality(originals[:2], folder)


def _app(folder: Path) -> Flask:
    app = create_app(load_settings({"GALLERY_INSTANCE": str(folder)}))
    with app.app_context():
        prepare()
        begin_write()
        create_album(ALBUM)
        db.session.commit()
    return app


def _timer(way: Callable[[bytes, Path], bytes], originals: list[bytes], folder: Path) -> Callable[[], float]:
    def spend() -> float:
        begun = cpu_s(os.getpid())
        for original in originals:
            way(original, folder)
        return (cpu_s(os.getpid()) - begun) / len(originals)

    return spend


def _import(app: Flask, originals: list[bytes], numbers: Iterator[int]) -> float:
    """As `flask import --process` does it: kept, recorded, processed, each with its commit."""
    files = [marked(original, next(numbers)) for original in originals]
    album = find_album(ALBUM)
    assert album is not None
    begun = cpu_s(os.getpid())
    for file in files:
        kept = keep(BytesIO(file), Upload("photo.jpg", album), app.config["GALLERY"])
        found = [image.number for image in kept.images]
        db.session.commit()
        for number in found:
            queue_of(app).process_now(number)
    return (cpu_s(os.getpid()) - begun) / len(files)


def _quality(originals: list[bytes], folder: Path) -> Iterator[Figure]:
    """Against a full decode with Lanczos; see `likeness` for the definitions."""
    likes: dict[str, list[tuple[float, float]]] = {"ours": [], "peer": []}
    for original in originals:
        best = likeness.reference(original, resizing.VIEWED_PX)
        for name, seen in likes.items():
            made = likeness.luma(resizing.WAYS[name](original, folder), best)
            seen.append((likeness.ssim(best, made), likeness.sharpness(made) / likeness.sharpness(best)))
    for index, what in enumerate(("SSIM (Gaussian window, luma)", "sharpness (variance of Laplacian)")):
        ours, theirs = (mean(pair[index] for pair in likes[name]) for name in ("ours", "peer"))
        yield Figure(f"1920, {what}", ours, "of a full Lanczos", PEER, theirs)
