"""How many images there are and what their files weigh, counted aside because that reads every row."""

import logging
import threading
import time
from typing import NamedTuple, cast

import sqlalchemy as sa
from flask import current_app

from gallery.db import db
from gallery.models.image import Image, untrashed

log = logging.getLogger(__name__)
COUNTED_EVERY_S, PAUSE_PER_WORK = 60.0, 200.0
"""At the earliest, and never so that counting takes more than a two-hundredth of the time."""
FIRST_WAIT_S = 0.2
"""What a small gallery is counted in."""


class Count(NamedTuple):
    """What was counted in one go."""

    images: int
    """Not in the trash."""
    trashed: int
    failed: int
    """Those not in the trash that could not be processed."""
    originals_bytes: int
    """Of the uploaded files, trash and all; one that lies in several albums counts in each."""
    counted_at: float
    """In seconds since 1970, as the others here."""
    took_s: float

    def is_old(self) -> bool:
        """Whether it is time to count again."""
        return time.time() - self.counted_at >= max(COUNTED_EVERY_S, PAUSE_PER_WORK * self.took_s)


class Stock:
    """The last count of one database in this process."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._last: Count | None = None
        self._counter: threading.Thread | None = None

    def last(self) -> Count | None:
        """The last count; a new one is begun where it is time. None: the first takes longer than a moment."""
        with self._lock:
            if self._last is None or self._last.is_old():
                self._begin()
            counter = self._counter
        if self._last is None and counter is not None:
            counter.join(FIRST_WAIT_S)
        return self._last

    def _begin(self) -> None:
        if self._counter is None or not self._counter.is_alive():
            self._counter = threading.Thread(target=self._count, name="stock", daemon=True)
            self._counter.start()

    def _count(self) -> None:
        began_at = time.time()
        try:
            with self._engine.connect() as connection:
                row = connection.execute(_COUNTED).one()
        except sa.exc.SQLAlchemyError:
            log.exception("the images could not be counted")
            return
        images, trashed, failed, originals_bytes = map(int, row)  # PostgreSQL sums decimals
        took_s = time.time() - began_at
        self._last = Count(images, trashed, failed, originals_bytes, began_at, took_s)


_IS_FAILED = sa.and_(untrashed(), Image.processing_error.is_not(None))
_IS_FILE = sa.and_(Image.sha256.is_not(None), sa.func.coalesce(Image.page, 1) == 1)
_COUNTED = sa.select(
    sa.func.count().filter(untrashed()),
    sa.func.count(Image.trashed_at),
    sa.func.count().filter(_IS_FAILED),
    sa.func.coalesce(sa.func.sum(Image.size_bytes).filter(_IS_FILE), 0),
).select_from(Image)

_making = threading.Lock()


def stock() -> Stock:
    """That of the app's database."""
    with _making:
        if "stock" not in current_app.extensions:
            current_app.extensions["stock"] = Stock(db.engine)
        return cast(Stock, current_app.extensions["stock"])
