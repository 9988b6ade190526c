"""Many originals as one ZIP: how fast, and in how much memory."""

import os
import resource
import time
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa

from benchmarks.rounds import medians
from benchmarks.table import Figure
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.media.store import Store
from gallery.models.album import create_album, find_album
from gallery.models.batch import Batch, Deed, create_batch
from gallery.models.image import Image
from gallery.models.scope import of_album
from gallery.models.user import Role, User
from gallery.present.archive import archive
from gallery.present.order import ORDER

FILE_BYTES = 2_000_000
COUNT, QUICK_COUNT = 1_000, 100
CHUNK = 1024 * 1024


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """In this process; the floor reads the same files and sums them up."""
    folder.mkdir(parents=True)
    settings = load_settings({"GALLERY_INSTANCE": str(folder), "GALLERY_SECRET_KEY": "of a benchmark"})
    count = QUICK_COUNT if quick else COUNT
    with create_app(settings).app_context():
        prepare()
        batch = _batch(fill(settings, count))
        paths = [Path(path) for path in _paths(settings)]

        def ours() -> float:
            begun = time.perf_counter()
            sent = sum(map(len, archive(batch, sa.true(), settings).chunks()))
            return sent / (time.perf_counter() - begun) / 1e6

        def floor() -> float:
            begun = time.perf_counter()
            for path in paths:
                _sum_up(path)
            return count * FILE_BYTES / (time.perf_counter() - begun) / 1e6

        before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = medians({"ours": ours, "floor": floor}, 3 if quick else 5)
        grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb
        name = f"ZIP of {count:,} originals"
        yield Figure(name, found["ours"], "MB/s", "floor: the files read and their CRC", found["floor"])
        yield Figure(f"{name}, memory above the process at rest", grown_kb / 1e3, "MB")
        db.session.remove()
        db.engine.dispose()


def fill(settings: Settings, count: int) -> str:
    """An album of so many images with originals: its id. Commits."""
    begin_write()
    album = create_album("originals")
    db.session.flush()
    db.session.add_all(_image(album.number, nth, settings) for nth in range(count))
    db.session.commit()
    return album.id


def _batch(album_id: str) -> Batch:
    begin_write()
    user, album = User.create("bench@example.org", "correct horse", role=Role.ADMIN), find_album(album_id)
    assert album is not None
    db.session.add(user)
    db.session.flush()
    batch = create_batch(user, Deed.DOWNLOAD, {}, of_album(album), "/", ORDER)
    db.session.commit()
    return batch


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


def _paths(settings: Settings) -> Iterator[Path]:
    for content in db.session.scalars(sa.select(Image.sha256)):
        yield Store(settings.originals).path_of(content or "")


def _sum_up(path: Path) -> None:
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            crc = zlib.crc32(chunk, crc)
