"""The index of one database in this process: loaded once, and brought up to date whenever it is asked."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

import sqlalchemy as sa
from flask import current_app

from gallery.db import db
from gallery.index.image_sets import ImageSets
from gallery.index.loading import follow, load
from gallery.index.marks import news, place_now
from gallery.models.image import Image

log = logging.getLogger(__name__)
LOADED_AT_ONCE = 30_000
"""Galleries of so many images are read while the first who asks waits: a fraction of a second."""
FOLLOWED = 10_000
"""After more changes than this everything is read anew."""


class Glance(NamedTuple):
    """What is known of an index without asking it."""

    images: int
    followed_at: float
    """When it was last brought up to date, in seconds since 1970."""


class ImageIndex:
    """Who asks sees all that is committed by then. Its connection is its own: it sees nobody's open work."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._sets: ImageSets | None = None
        self._place, self._followed_at = "", 0.0
        self._loader: threading.Thread | None = None

    @contextmanager
    def sets(self) -> Iterator[ImageSets | None]:
        """The sets as of now, not to be changed, and nobody else's until the block ends.

        None: they are being read, and SQL has to answer.
        """
        with self._lock:
            if self._sets is not None:
                self._catch_up()
            if self._sets is None:
                self._begin_loading()
            yield self._sets

    def glance(self) -> Glance | None:
        """As it was left, without waiting for anybody. None: it is not read yet."""
        sets = self._sets
        return None if sets is None else Glance(len(sets.there), self._followed_at)

    def wait(self, timeout_s: float) -> None:
        """Until the sets are there."""
        with self.sets():
            loader = self._loader
        if loader is not None:
            loader.join(timeout_s)

    def _catch_up(self) -> None:
        with self._engine.connect() as connection:
            found = news(connection, self._place, FOLLOWED)
            if found.marks is None:
                self._sets = None
            elif found.marks and self._sets is not None:
                self._sets.forget_worked_out()
                try:
                    follow(connection, self._sets, found.marks)
                except BaseException:
                    self._sets = None  # half of the changes are in it
                    raise
        self._place, self._followed_at = found.place, time.time()

    def _begin_loading(self) -> None:
        if self._loader is not None and self._loader.is_alive():
            return
        with self._engine.connect() as connection:
            highest = connection.scalar(sa.select(sa.func.max(Image.number)))
        if (highest or 0) <= LOADED_AT_ONCE:
            self._keep(*self._read())
        else:
            self._loader = threading.Thread(target=self._load_aside, name="image index", daemon=True)
            self._loader.start()

    def _load_aside(self) -> None:
        try:
            read = self._read()
        except sa.exc.SQLAlchemyError:
            log.exception("the index of images could not be read; SQL answers meanwhile")
            return
        with self._lock:
            self._keep(*read)

    def _read(self) -> tuple[str, ImageSets]:
        """The place first: what is committed while the rest is read is then followed."""
        with self._engine.connect() as connection:
            return place_now(connection), load(connection)

    def _keep(self, place: str, sets: ImageSets) -> None:
        self._place, self._sets, self._followed_at = place, sets, time.time()


_making = threading.Lock()


def image_index() -> ImageIndex:
    """The index of the app's database."""
    with _making:
        if "image_index" not in current_app.extensions:
            current_app.extensions["image_index"] = ImageIndex(db.engine)
        return cast(ImageIndex, current_app.extensions["image_index"])
