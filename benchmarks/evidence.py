"""An evidence pack of many images, made and checked by command: at what cost, and in how much memory."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from benchmarks.archive import COUNT, FILE_BYTES, QUICK_COUNT, fill
from benchmarks.table import Figure
from gallery import create_app
from gallery.cli.database import prepare
from gallery.config import ROOT, Settings, load_settings
from gallery.db import begin_write, db
from gallery.media import rendition_cache
from gallery.models.claim import Claim, Source
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.models.verdict import Decision
from gallery.original import source_of
from gallery.present.sync_document import write_documents
from gallery.review.judgement import Judgement
from gallery.review.reviewing import decide_all

PICTURE_BYTES, TAGS = 60_000, 60


class Cost(NamedTuple):
    """Of a command."""

    cpu_s: float
    peak_mb: float


def run(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Each image has a file, a small picture, EXIF of some tags, two claims, doubts and a verdict."""
    folder.mkdir(parents=True)
    environ = {"GALLERY_INSTANCE": str(folder), "GALLERY_SECRET_KEY": "of a benchmark"}
    count, path = QUICK_COUNT if quick else COUNT, folder / "pack.zip"
    settings = load_settings(environ)
    with create_app(settings).app_context():
        prepare()
        album_id = fill(settings, count)
        _tell(settings)
        db.session.remove()
        db.engine.dispose()
    rest = _cost(environ, "key")
    made = _cost(environ, "pack", "--album", album_id, "-o", str(path))
    checked = _cost(environ, "verify", str(path))
    floor = _cost_of(environ, [sys.executable, "-IS", "-c", _SUM_UP, str(path)])
    for name, cost in (("made", made), ("checked", checked)):
        title = f"evidence pack of {count:,} images of {FILE_BYTES / 1e6:.0f} MB, {name}"
        yield Figure(f"{title}, CPU", cost.cpu_s, "s", "floor: SHA-256 of the file", floor.cpu_s)
        yield Figure(f"{title}, memory above a command at rest", cost.peak_mb - rest.peak_mb, "MB")


def _tell(settings: Settings) -> None:
    """Let much be known of each image."""
    begin_write()
    reviewer = User.create("reviewer@example.org", "correct horse", role=Role.ADMIN)
    db.session.add(reviewer)
    images = db.session.scalars(sa.select(Image)).all()
    for nth, image in enumerate(images):
        image.exifs = {f"Tag{tag}": f"What the camera says, {tag} of {nth}" for tag in range(TAGS)}
        image.claims = [
            Claim(source=source, latitude=48 + nth / 1e4 + off, longitude=2.0, accuracy_m=9.0)
            for source, off in ((Source.EXIF, 0.0), (Source.HTML, 0.1))
        ]
        source = source_of(image, settings)
        assert source is not None
        rendition_cache.put(source.folder, "600.jpg", os.urandom(PICTURE_BYTES))
    db.session.flush()
    write_documents(images, settings)
    db.session.commit()
    decide_all(images, Judgement(Decision.APPROVED, Source.EXIF), reviewer, settings)
    db.session.commit()


def _cost(environ: Mapping[str, str], *arguments: str) -> Cost:
    return _cost_of(environ, [sys.executable, "-m", "flask", "evidence", *arguments])


def _cost_of(environ: Mapping[str, str], command: list[str]) -> Cost:
    asked = [sys.executable, "-IS", "-c", _ASK, *command]
    done = subprocess.run(asked, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.PIPE, check=True)
    cpu_s, peak_kb = map(float, done.stdout.split())
    return Cost(cpu_s, peak_kb * 1024 / 1e6)


_ASK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A process begins with the peak of the one that started it, which is a small one for that reason."""
_SUM_UP = "import hashlib, sys; hashlib.file_digest(open(sys.argv[1], 'rb'), 'sha256')"
