"""A real `flask worker`: what it holds in memory, and two of its threads beside one."""

import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import pyvips
import sqlalchemy as sa
from flask import Flask
from PIL import Image as Picture
from pillow_heif import register_heif_opener

from benchmarks.bare_vips import seconds_a_photo
from benchmarks.photos import marked, photographs
from benchmarks.processes import resident_mb, running
from benchmarks.rounds import medians
from benchmarks.stock import let_go
from benchmarks.table import Figure
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import ROOT, load_settings
from gallery.db import begin_write, db
from gallery.ingest import Upload, keep
from gallery.models.album import create_album
from gallery.models.image import Image
from gallery.models.waiting import waiting_numbers

TWENTY_FOUR_MEGAPIXELS = (6000, 4000)
KINDS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90},
    "PNG": {"compress_level": 1},
    "GIF": {},
    "WEBP": {"quality": 80, "method": 0},
    "TIFF": {"compression": "tiff_lzw"},
    "HEIF": {"quality": 60},
    "AVIF": {"quality": 60, "speed": 10},
    "AVIF 4:4:4": {"quality": 60, "speed": 10, "subsampling": "4:4:4"},
    "AVIF 10 bit": {"Q": 60, "effort": 0, "bitdepth": 10, "compression": "av1"},
}
"""How each is written, that of 10 bit by libvips; noise makes the files larger than any camera's."""
MOST_MB = 200
ALONE = "floor: two processes of libvips alone"


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Memory is the largest process's; speed is by wall, because that is what a second core is for."""
    folder.mkdir(parents=True)
    register_heif_opener()
    for kind in KINDS:
        peak_mb = _memory_mb(folder / kind, _picture(kind))
        yield Figure(f"a worker at 24 MP, {kind}, resident", peak_mb, "MB", "asked: below", MOST_MB)
    photos, (_, originals) = 12 if quick else 96, photographs()
    instances = (folder / f"{number}" for number in count())
    bare = folder / "bare.jpg"
    bare.write_bytes(originals[0])
    measures: dict[str, Callable[[], float]] = {
        "one": lambda: _seconds_a_photo(next(instances), originals, photos, 1),
        "two": lambda: _seconds_a_photo(next(instances), originals, photos, 2),
        "bare one": lambda: seconds_a_photo(str(bare), photos, 1),
        "bare two": lambda: seconds_a_photo(str(bare), photos, 2),
    }
    found = medians(measures, 1 if quick else 3)
    gained, most = found["one"] / found["two"], found["bare one"] / found["bare two"]
    yield Figure("processing, two workers", 1 / found["two"], "photos/s", "one worker", 1 / found["one"])
    yield Figure("processing, two workers by one", gained, "times", ALONE, most)


def _picture(kind: str) -> bytes:
    """Of 24 megapixels."""
    noise, buffer = Picture.effect_noise(TWENTY_FOUR_MEGAPIXELS, 60).convert("RGB"), BytesIO()
    if "bitdepth" in KINDS[kind]:
        image = pyvips.Image.new_from_memory(noise.tobytes(), *noise.size, 3, "uchar")
        deep = (image.cast("ushort") << 8).copy(interpretation="rgb16")
        return bytes(deep.heifsave_buffer(**KINDS[kind]))
    noise.save(buffer, kind.partition(" ")[0], **KINDS[kind])
    return buffer.getvalue()


def _memory_mb(instance: Path, picture: bytes) -> float:
    """The largest process of a worker that takes it."""
    app = _filled(instance, [picture])
    with running(_worker(1), {"GALLERY_INSTANCE": str(instance)}, cwd=ROOT) as process:
        _wait_until_done(app)
        return resident_mb(process.pid, "VmHWM")


def _seconds_a_photo(instance: Path, originals: list[bytes], photos: int, workers: int) -> float:
    """By the times at which images say that they were processed, without the start and the last alone."""
    app = _filled(instance, [marked(originals[number % len(originals)], number) for number in range(photos)])
    with running(_worker(workers), {"GALLERY_INSTANCE": str(instance)}, cwd=ROOT):
        _wait_until_done(app)
    with app.app_context():
        ends = db.session.scalars(sa.select(Image.updated_at).order_by(Image.updated_at)).all()
        let_go()
    return (ends[-2] - ends[1]).total_seconds() / (photos - 3)


def _worker(threads: int) -> list[str]:
    return [sys.executable, "-m", "flask", "worker", "--threads", str(threads)]


def _filled(instance: Path, files: list[bytes]) -> Flask:
    app = create_app(load_settings({"GALLERY_INSTANCE": str(instance)}))
    with app.app_context():
        prepare()
        begin_write()
        album = create_album("bench")
        db.session.commit()
        for file in files:
            keep(BytesIO(file), Upload("photo.jpg", album), app.config["GALLERY"])
            db.session.commit()
        let_go()
    return app


def _wait_until_done(app: Flask) -> None:
    with app.app_context():
        while db.session.scalars(waiting_numbers()).first() is not None:
            db.session.rollback()
            time.sleep(0.1)
        let_go()
