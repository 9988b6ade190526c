"""Flags found again, of one image and of many among very many by the same camera and person; their review."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from benchmarks import reviews
from benchmarks.rounds import medians
from benchmarks.stock import let_go
from benchmarks.table import Figure
from benchmarks.tagged_stock import fill
from gallery import create_app
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.location.flags import flags_of
from gallery.models.claim import Source
from gallery.models.flag import StoredFlag
from gallery.models.image import Image
from gallery.models.sighting import sightings_of
from gallery.present.claims.doubts import evidence_of
from gallery.review.flagging import flag_again

PICKED = 200


def run(folder: Path, count: int, *, quick: bool) -> Iterator[Figure]:
    """CPU an image, in the transaction of its change; the images are in the session already."""
    environ = fill(folder, count)
    settings = load_settings(environ)
    app = create_app(settings)
    with app.app_context():
        _claim_and_see()
        numbers = sorted(random.Random(3).sample(range(1, count + 1), PICKED))
        _flag_once(numbers, settings)
        measures = {
            "floor": lambda: _cpu_ms(numbers, lambda images: [_pure(image, settings) for image in images]),
            "one": lambda: _cpu_ms(numbers, lambda images: [flag_again([i], settings) for i in images]),
            "many": lambda: _cpu_ms(numbers, lambda images: flag_again(images, settings)),
            "one written": lambda: _cpu_ms(numbers, lambda i: _anew(i, settings), forget=True),
            "many written": lambda: _cpu_ms(numbers, lambda i: flag_again(i, settings), forget=True),
        }
        found = medians(measures, 5 if quick else 15)
        let_go()
    beside = "floor: the pure functions alone", found["floor"]
    for name, title in TITLES.items():
        yield Figure(f"flags of an image among {count:,}, {title}, CPU", found[name], "ms", *beside)
    yield from reviews.measured(app, count, quick=quick)


TITLES = {
    "one": "alone and unchanged",
    "one written": "alone and written",
    "many": f"of {PICKED} at once and unchanged",
    "many written": f"of {PICKED} at once and written",
}


def _flag_once(numbers: list[int], settings: Settings) -> None:
    begin_write()
    flag_again(db.session.scalars(sa.select(Image).where(Image.number.in_(numbers))).all(), settings)
    db.session.commit()


def _pure(image: Image, settings: Settings) -> None:
    flags_of(evidence_of(image, settings.gps_precedence), settings.flag_thresholds)


def _anew(images: Sequence[Image], settings: Settings) -> None:
    for image in images:
        flag_again([image], settings)


def _cpu_ms(numbers: list[int], work: Callable[[Sequence[Image]], object], *, forget: bool = False) -> float:
    """Of each; what was written is undone."""
    begin_write()
    images = db.session.scalars(sa.select(Image).where(Image.number.in_(numbers))).all()
    if forget:
        db.session.execute(sa.delete(StoredFlag).where(StoredFlag.image_number.in_(numbers)))
    begun = time.process_time()
    work(images)
    db.session.flush()
    took = time.process_time() - begun
    db.session.rollback()
    return took * 1e3 / len(images)


def _claim_and_see() -> None:
    """File and browser claim a place each, no two pictures are alike, and the stored flags are right."""
    begin_write()
    for statement in (_UPLOADER, _CLAIMS, _FINGERPRINTS):
        db.session.execute(statement)
    image = db.session.get_one(Image, 1)
    who = {source: who for _, source, who, *_ in sightings_of(image)}
    db.session.execute(_SIGHTINGS, {"exif": who[Source.EXIF], "html": who[Source.HTML]})
    db.session.execute(sa.text("ANALYZE"))
    db.session.commit()


_UPLOADER = sa.text("UPDATE image SET uploader_number = 1")
_CLAIMS = sa.text("""
    INSERT INTO claim (image_number, source, latitude, longitude, accuracy_m, made_at)
    SELECT number, 'exif', latitude, longitude, 5.0, NULL FROM image
    UNION ALL SELECT number, 'html', latitude, longitude, NULL, NULL FROM image
""")
"""The browser states no radius, so that each image has a flag to write."""
_SIGHTINGS = sa.text("""
    INSERT INTO sighting (image_number, source, who, at, has_zone)
    SELECT number, 'exif', :exif, taken_at, 1 FROM image
    UNION ALL SELECT number, 'html', :html, created_at, 1 FROM image
""")
_FINGERPRINTS = sa.text("""
    WITH looks AS MATERIALIZED (SELECT number, random() AS bits FROM image)
    INSERT INTO fingerprint (image_number, bits, band_0, band_1, band_2, band_3)
    SELECT number, bits, bits & 65535, bits >> 16 & 65535, bits >> 32 & 65535, bits >> 48 & 65535 FROM looks
""")
