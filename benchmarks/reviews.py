"""Reviewers' pages over very many images, half of which pass the filter, each after somebody's verdict."""

import random
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from flask import Flask

from benchmarks.rounds import cpu_ms, medians
from benchmarks.stock import let_go
from benchmarks.table import Figure
from benchmarks.tagged_stock import EMAIL
from gallery.db import begin_write, db
from gallery.index.image_index import image_index
from gallery.index.marks import forget_marks
from gallery.models.scope import of_person
from gallery.models.user import find_by_email
from gallery.present.filters.filter import Filter
from gallery.present.filters.narrowing import FEW
from gallery.present.reviews.queue import ReviewQueue

PATIENCE_S, MOST_MS, MOST_LISTED_MS = 300, 100, 1_000
WANTED = Filter(tags=("tag 001",))
PAGES = {
    "the queue, unfiltered": "/review",
    "the queue under a tag of half": "/review?{query}",
    "the queue of the newest fifth under it": "/review?{query}&from={late}",
    "the screen of an image under it": "/review/{image_id}?{query}",
    "the list of all that agree under it": "/review/agreeing?{query}",
}


def measured(app: Flask, count: int, *, quick: bool) -> Iterator[Figure]:
    """CPU of a stock whose images have claims; all in this process."""
    with app.app_context():
        _judge()
        image_index().wait(PATIENCE_S)
        user = find_by_email(EMAIL)
        assert user is not None
        queue, session_id = ReviewQueue(of_person(user), WANTED, user), user.get_id()
        by_sql_ms = cpu_ms(lambda: queue._gone_through(None, 1, backwards=False))()
        late = db.session.execute(_LATE, {"number": count * 4 // 5}).scalar_one()[:10]
        words = {"image_id": queue.images(None, FEW)[-1].id, "late": late, "query": WANTED.query_string()}
        let_go()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    yield Figure(f"review of {count:,}: the first under a tag of half by SQL, CPU", by_sql_ms, "ms")
    for name, pattern in PAGES.items():

        def page(path: str = pattern.format_map(words)) -> None:
            if client.get(path).status_code != 200:
                raise RuntimeError(f"{path} is not answered")

        def ours(page: Callable[[], None] = page) -> float:
            with app.app_context():
                _approve_one(count)
            return cpu_ms(page)()

        found = medians({"ours": ours}, 3 if quick else 7)
        asked = "aimed at: at most", MOST_LISTED_MS if "agreeing" in pattern else MOST_MS
        yield Figure(f"review of {count:,}: {name}, CPU", found["ours"], "ms", *asked)


def _approve_one(count: int) -> None:
    begin_write()
    db.session.execute(_APPROVED, {"number": random.randint(1, count)})
    db.session.commit()


def _judge() -> None:
    """One image in a hundred has a conflict, more have lesser doubts; few are decided."""
    begin_write()
    for statement in (_REVIEWER, _FLAGGED, _REVIEWED):
        db.session.execute(statement)
    forget_marks(db.session.connection(), keep=0)
    db.session.commit()


_REVIEWER = sa.text("UPDATE user SET role = 'reviewer'")
_FLAGGED = sa.text("""
    UPDATE image SET uploader_number = NULL, worst_flag =
        CASE WHEN number % 97 = 0 THEN 3 WHEN number % 13 = 0 THEN 2 ELSE number % 5 = 0 END
""")
_REVIEWED = sa.text("""
    UPDATE image SET review = CASE WHEN number % 50 < 3 THEN 'approved' ELSE 'changed' END
    WHERE number % 50 < 4
""")
_APPROVED = sa.text("UPDATE image SET review = 'approved' WHERE number = :number")
_LATE = sa.text("SELECT created_at FROM image WHERE number = :number")
