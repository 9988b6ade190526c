"""Tag logic with all its counts, words, and the page of an album, over very many images."""

import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from benchmarks.rounds import cpu_ms, medians
from benchmarks.stock import let_go
from benchmarks.table import Figure
from benchmarks.tagged_stock import EMAIL, fill
from gallery import create_app
from gallery.config import load_settings
from gallery.db import db
from gallery.index.image_index import image_index
from gallery.index.image_sets import ImageSets
from gallery.models.image import Image
from gallery.models.scope import Condition, Scope, of_person
from gallery.models.user import find_by_email
from gallery.present.filters.counted_rows import CountedRows
from gallery.present.filters.filter import Filter
from gallery.present.filters.selection import Selection

PATIENCE_S = 300
TAGS = {
    "one tag": Filter(tags=("tag 000",)),
    "two tags": Filter(tags=("tag 001", "tag 005")),
    "any of two, without one": Filter(any_of=("tag 001", "tag 040"), without=("tag 003",)),
}
TEXTS = {"two words": "facade 17", "a file's name": "IMG 0012345", "every image": "scaffold"}
PAGES = {
    "of an album": "/albums/album-0",
    "under a tag of half the images": "/albums/album-0?tags=tag%20001",
    "under a tag of a hundredth": "/albums/album-0?tags=tag%20020",
    "of a search": "/albums/album-0?q=axis%2017",
}


def run(folder: Path, count: int, *, quick: bool) -> Iterator[Figure]:
    """All in this process, so that CPU is the gallery's alone."""
    environ, rounds = fill(folder, count), 5 if quick else 15
    app = create_app(load_settings(environ))
    with app.app_context():
        yield from _loading(count)
        user = find_by_email(EMAIL)
        assert user is not None
        scope = of_person(user)
        yield from _counts(scope, count, rounds)
        yield from _texts(scope, count, rounds)
        session_id = user.get_id()
        let_go()
    yield from _pages(app, session_id, count, rounds)


def _loading(count: int) -> Iterator[Figure]:
    before, begun = _resident_mb(), time.process_time()
    image_index().wait(PATIENCE_S)
    with image_index().sets() as sets:
        if sets is None:
            raise RuntimeError("the index is not there")
    yield Figure(f"reading the index of {count:,}, CPU", time.process_time() - begun, "s")
    yield Figure(f"the index of {count:,} in memory", _resident_mb() - before, "MB")


def _counts(scope: Scope, count: int, rounds: int) -> Iterator[Figure]:
    """A thousand tags, five on each image; the floor is that each set is looked at once."""
    for name, wanted in TAGS.items():

        def ours(wanted: Filter = wanted) -> None:
            with image_index().sets() as sets:
                assert sets is not None
                found = Selection(sets, scope, wanted)
                _all_counts(found)

        def floor(wanted: Filter = wanted) -> None:
            with image_index().sets() as sets:
                assert sets is not None
                _floor(sets, Selection(sets, scope, wanted))

        found = medians({"ours": cpu_ms(ours), "floor": cpu_ms(floor)}, rounds)
        yield Figure(
            f"{name} and the counts of 1,000 over {count:,}, CPU",
            found["ours"],
            "ms",
            "floor: one intersection a tag",
            found["floor"],
        )
    wanted = TAGS["one tag"]
    by_sql = cpu_ms(lambda: _all_counts(CountedRows(scope, wanted)))()
    yield Figure(f"one tag and the counts over {count:,} by SQL, CPU", by_sql, "ms")


def _all_counts(found: Selection | CountedRows) -> None:
    if not found.total or not sum(found.counts_on(found.names).values()):
        raise RuntimeError("nothing is found")


def _floor(sets: ImageSets, found: Selection) -> None:
    numbers = found.numbers
    for tagged in sets.tags.values():
        numbers.intersection_cardinality(tagged)


def _texts(scope: Scope, count: int, rounds: int) -> Iterator[Figure]:
    """Each search as if for the first time, beside the same words asked of FTS5 at once."""
    for name, text in TEXTS.items():
        wanted = Filter(text=text)

        def ours(wanted: Filter = wanted) -> None:
            with image_index().sets() as sets:
                assert sets is not None
                sets.words.forget_asked()
                if not Selection(sets, scope, wanted).total:
                    raise RuntimeError("nothing is found")

        def peer(wanted: Filter = wanted) -> None:
            _numbers(wanted.where(scope))

        found = medians({"ours": cpu_ms(ours), "peer": cpu_ms(peer)}, min(rounds, 5))
        yield Figure(
            f"search of {count:,}: {name}, CPU", found["ours"], "ms", "peer: one query of FTS5", found["peer"]
        )


def _pages(app: Flask, session_id: str, count: int, rounds: int) -> Iterator[Figure]:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    for name, path in PAGES.items():

        def ours(path: str = path) -> None:
            if client.get(path).data.count(b'class="tile ') < 200:
                raise RuntimeError(f"{path} is not a whole page")

        def floor() -> None:
            with app.app_context(), db.engine.connect() as connection:
                connection.execute(_ROWS, {"album": 1}).all()

        found = medians({"ours": cpu_ms(ours), "floor": cpu_ms(floor)}, rounds)
        yield Figure(
            f"200 images {name}, of {count:,}, CPU", found["ours"], "ms", "floor: their rows", found["floor"]
        )


def _numbers(condition: Condition) -> None:
    if not db.session.scalars(sa.select(Image.number).where(condition)).all():
        raise RuntimeError("nothing is found")


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


_ROWS = sa.text("SELECT * FROM image WHERE album_number = :album ORDER BY position, created_at, id LIMIT 201")
