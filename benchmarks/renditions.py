"""A rendition on demand, what a worker holds in memory, and two workers beside one."""

import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from statistics import median

from flask import Flask
from PIL import Image

from benchmarks.photos import drawn_photographs, marked, photographs, real_photographs
from benchmarks.processes import cpu_s, resident_mb, running
from benchmarks.resizing import LIMITS
from benchmarks.stock import let_go
from benchmarks.table import Figure
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import ROOT, load_settings
from gallery.db import begin_write, db
from gallery.ingest import Upload, keep
from gallery.media.format import Format
from gallery.media.rendering import Source, render
from gallery.media.rendition import write_renditions
from gallery.media.transformation import parse
from gallery.models.album import Album, create_album
from gallery.models.waiting import waiting_numbers

TWENTY_FOUR_MEGAPIXELS = (6000, 4000)


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """CPU of this process for the first; the others through real `flask worker` processes."""
    folder.mkdir(parents=True)
    for kind, originals in (drawn_photographs(), real_photographs()):
        if originals:
            yield Figure(f"200 pixels on demand ({kind}), CPU", _on_demand(originals, folder) * 1e3, "ms")
    for suffix in ("JPEG", "AVIF"):
        held = _worker_memory(folder / f"memory-{suffix}", suffix)
        yield Figure(f"a worker at 24 MP, {suffix}, resident", held, "MB")
    photos, (_, originals) = 12 if quick else 40, photographs()
    (one, _), (two, cpu) = (_import_s(folder / f"workers-{n}", originals, photos, n) for n in (1, 2))
    for beside, theirs in (("one worker", one), ("floor: their CPU time on two cores", cpu / 2)):
        yield Figure(f"processing {photos} photos, two workers", two, "s wall", beside, theirs)


def _on_demand(originals: list[bytes], folder: Path) -> float:
    """The median photo's, from the stored 1920."""
    spent = []
    for number, original in enumerate(originals):
        path, made = folder / f"{number}.jpg", folder / f"renditions-{number}"
        path.write_bytes(original)
        size = write_renditions(path, Format.JPG, 1, made, LIMITS)
        source = Source(path, Format.JPG, 1, size.width_px, size.height_px, made)
        for quality in range(60, 80):
            begun = time.process_time()
            render(source, parse(f"c_fill,h_200,w_200/q_{quality}"), "jpg", LIMITS)
            spent.append(time.process_time() - begun)
    return median(spent)


def _worker_memory(instance: Path, kind: str) -> float:
    """The largest process of a worker that takes a picture of 24 megapixels."""
    picture = Image.effect_noise(TWENTY_FOUR_MEGAPIXELS, 60).convert("RGB")
    buffer = BytesIO()
    picture.save(buffer, kind, quality=90 if kind == "JPEG" else 60, speed=10)
    app = _filled(instance, [buffer.getvalue()])
    with running(_worker(1), {"GALLERY_INSTANCE": str(instance)}, cwd=ROOT) as process:
        _wait_until_done(app)
        return resident_mb(process.pid, "VmHWM")


def _import_s(instance: Path, originals: list[bytes], photos: int, workers: int) -> tuple[float, float]:
    """Wall and CPU seconds from the first photo processed to the last, so that no start is counted."""
    files = [marked(originals[number % len(originals)], number) for number in range(photos)]
    app = _filled(instance, files)
    with running(_worker(workers), {"GALLERY_INSTANCE": str(instance)}, cwd=ROOT) as process:
        _wait_until_done(app, but=photos - 1)
        begun, spent = time.monotonic(), cpu_s(process.pid)
        _wait_until_done(app)
        return time.monotonic() - begun, cpu_s(process.pid) - spent


def _worker(threads: int) -> list[str]:
    return [sys.executable, "-m", "flask", "worker", "--threads", str(threads)]


def _filled(instance: Path, files: list[bytes]) -> Flask:
    app = create_app(load_settings({"GALLERY_INSTANCE": str(instance)}))
    with app.app_context():
        prepare()
        begin_write()
        album: Album = create_album("bench")
        db.session.commit()
        for file in files:
            keep(BytesIO(file), Upload("photo.jpg", album), app.config["GALLERY"])
            db.session.commit()
        let_go()
    return app


def _wait_until_done(app: Flask, but: int = 0) -> None:
    """Until at most `but` photos wait."""
    with app.app_context():
        while len(db.session.scalars(waiting_numbers()).all()) > but:
            db.session.rollback()
            time.sleep(0.02)
        let_go()
