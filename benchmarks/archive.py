"""Many originals as one ZIP that a server sends: how fast, at what cost, and in how much memory."""

import os
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import NamedTuple

import sqlalchemy as sa
from flask import Flask

from benchmarks.client import Client
from benchmarks.page_stock import SESSION, session_of
from benchmarks.processes import cpu_s, forget_peak, resident_mb
from benchmarks.servers import Server, gallery
from benchmarks.table import Figure
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.media.store import Store
from gallery.models.album import create_album, find_album
from gallery.models.batch import Deed, create_batch
from gallery.models.image import Image
from gallery.models.scope import of_album
from gallery.models.user import Role, User
from gallery.present.order import ORDER

FILE_BYTES = 2_000_000
COUNT, QUICK_COUNT = 1_000, 100
CHUNK = 1024 * 1024
ASKED_MB_S, ASKED_MB = 300, 100


class Speed(NamedTuple):
    """Of one way to go through all the bytes."""

    mb_s: float
    cpu_ms_gb: float
    """CPU for 10⁹ bytes."""


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """To one reader on this machine; the floor reads the same files and sums them up."""
    folder.mkdir(parents=True)
    environ = {"GALLERY_INSTANCE": str(folder), "GALLERY_SECRET_KEY": "of a benchmark"}
    count, app = QUICK_COUNT if quick else COUNT, create_app(load_settings(environ))
    with app.app_context():
        prepare()
        path, cookie = _download(app, fill(app.config["GALLERY"], count))
        files = list(_files(app.config["GALLERY"]))
        db.session.remove()
        db.engine.dispose()
    os.sync()  # or the disk would still be writing them when they are read
    with gallery(environ) as server, closing(Client(server.port, "", Cookie=cookie)) as client:
        forget_peak(server.pid)
        rounds = [(_sent(server, client, path), _summed_up(files)) for _ in range(3 if quick else 7)]
        peak_mb = resident_mb(server.pid, "VmHWM")
    yield from _figures(f"ZIP of {count:,} originals", rounds)
    yield Figure(f"ZIP of {count:,} originals, peak memory", peak_mb, "MB", "asked: below", ASKED_MB)


def _figures(name: str, rounds: list[tuple[Speed, Speed]]) -> Iterator[Figure]:
    ours, floor = (Speed(*map(median, zip(*speeds, strict=True))) for speeds in zip(*rounds, strict=True))
    beside = "floor: the files read and their CRC"
    yield Figure(name, ours.mb_s, "MB/s", "asked: at least", ASKED_MB_S)
    yield Figure(name, ours.mb_s, "MB/s", beside, floor.mb_s)
    yield Figure(f"{name}, CPU for a gigabyte", ours.cpu_ms_gb, "ms", beside, floor.cpu_ms_gb)


def _sent(server: Server, client: Client, path: str) -> Speed:
    before = cpu_s(server.pid)
    read = client.read(path)
    spent = cpu_s(server.pid) - before
    return Speed(read.size_bytes / read.wall_s / 1e6, spent * 1e12 / read.size_bytes)


def _summed_up(files: list[Path]) -> Speed:
    begun, before = time.perf_counter(), time.process_time()
    for path in files:
        _sum_up(path)
    took, spent = time.perf_counter() - begun, time.process_time() - before
    size_bytes = len(files) * FILE_BYTES
    return Speed(size_bytes / took / 1e6, spent * 1e12 / size_bytes)


def fill(settings: Settings, count: int) -> str:
    """An album of so many images with originals: its id. Commits."""
    begin_write()
    album = create_album("originals")
    db.session.flush()
    db.session.add_all(_image(album.number, nth, settings) for nth in range(count))
    db.session.commit()
    return album.id


def _download(app: Flask, album_id: str) -> tuple[str, str]:
    """The path of a ZIP of the album, and the cookie of whoever may have it."""
    begin_write()
    user, album = User.create("bench@example.org", "correct horse", role=Role.ADMIN), find_album(album_id)
    assert album is not None
    db.session.add(user)
    db.session.flush()
    batch = create_batch(user, Deed.DOWNLOAD, {}, of_album(album), "/", ORDER)
    db.session.commit()
    return f"/batches/{batch.id}/photographs.zip", f"{SESSION}={session_of(app, user)}"


def _image(album_number: int, nth: int, settings: Settings) -> Image:
    content = os.urandom(FILE_BYTES)
    path = Store(settings.originals).path_of(sha256(content).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Image(
        album_number=album_number,
        sha256=path.name,
        filename=f"photo-{nth:04d}",
        format="jpg",
        size_bytes=FILE_BYTES,
        infos={},
        original_width_px=4000,
        original_height_px=3000,
        delivery_version=1,
        processed=True,
    )


def _files(settings: Settings) -> Iterator[Path]:
    for content in db.session.scalars(sa.select(Image.sha256)):
        yield Store(settings.originals).path_of(content or "")


def _sum_up(path: Path) -> None:
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            crc = zlib.crc32(chunk, crc)
