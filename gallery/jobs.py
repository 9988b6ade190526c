"""The queue's tasks, each a line that calls the flow."""

import logging
import sqlite3
from typing import Any, cast

from flask import Flask
from huey import SqliteHuey, crontab

from gallery import processing
from gallery.config import Settings
from gallery.db import db
from gallery.media.rendition_trimming import trim
from gallery.models.image import waiting_numbers

log = logging.getLogger(__name__)
PENDING_LIMIT = 10_000
"""How many found-again images are put into the queue at once."""
TRIM_AFTER_PART = 20
"""Renditions are trimmed at once when a twentieth of what they may take was written."""


class Queue:
    """The background work of one app. It may forget: work not done is found again from the rows."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings
        settings.queue_path.parent.mkdir(parents=True, exist_ok=True)
        self.huey: Any = SqliteHuey("gallery", filename=str(settings.queue_path), fsync=False, utc=True)
        self._process = self.huey.task(name="process")(self.process_now)
        self.huey.periodic_task(crontab(minute="*"), name="find_waiting")(self.find_waiting)
        self._trim = self.huey.task(name="trim_renditions")(self.trim_renditions)
        self.huey.periodic_task(crontab(minute="*/15"), name="trim_in_time")(self.trim_renditions)
        self._written_bytes = 0

    def process(self, image_number: int) -> None:
        """Have the image processed soon, by a worker. A queue that takes nothing does no harm."""
        try:
            self._process(image_number)
        except sqlite3.Error as error:
            log.warning("the queue did not take image %s: %s", image_number, error)

    def process_now(self, image_number: int) -> None:
        """Process the image here. Whatever happens is recorded on it, and the worker goes on."""
        with self._app.app_context():
            try:
                processing.process(image_number, self._settings)
            except Exception:  # one image's trouble must not stop the others
                log.exception("image %s could not be processed", image_number)
                db.session.rollback()
                processing.fail(image_number, self._settings, "The picture could not be processed.")

    def find_waiting(self) -> None:
        """Queue every image that was not processed again, unless there is work in the queue already."""
        if self.huey.pending_count():
            return
        with self._app.app_context():
            numbers = db.session.scalars(waiting_numbers().limit(PENDING_LIMIT)).all()
        for number in numbers:
            self.process(number)

    def note_rendition(self, size_bytes: int) -> None:
        """Told of every rendition made on demand: after a large sum of them the folder is trimmed soon.

        The sum is this process's, and two threads may lose a count between them: the periodic task sees all.
        """
        self._written_bytes += size_bytes
        bound = self._settings.renditions_max_bytes
        if bound and self._written_bytes * TRIM_AFTER_PART >= bound:
            self._written_bytes = 0
            self._trim()

    def trim_renditions(self) -> None:
        """Delete the least recently used renditions beyond what the settings allow."""
        trim(self._settings.renditions, self._settings.renditions_max_bytes)


def init_app(app: Flask) -> None:
    """Give the app its queue."""
    app.extensions["queue"] = Queue(app, app.config["GALLERY"])


def queue_of(app: Flask) -> Queue:
    """The app's queue."""
    return cast(Queue, app.extensions["queue"])
