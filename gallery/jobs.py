"""The queue's tasks, each a line that calls the flow."""

import logging
import sqlite3
from typing import Any, cast

from flask import Flask
from huey import SqliteHuey, crontab

from gallery import processing
from gallery.config import Settings
from gallery.db import db
from gallery.models.image import waiting_numbers

log = logging.getLogger(__name__)
PENDING_LIMIT = 10_000
"""How many found-again images are put into the queue at once."""


class Queue:
    """The background work of one app. It may forget: work not done is found again from the rows."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings
        settings.queue_path.parent.mkdir(parents=True, exist_ok=True)
        self.huey: Any = SqliteHuey("gallery", filename=str(settings.queue_path), fsync=False, utc=True)
        self._process = self.huey.task(name="process")(self.process_now)
        self.huey.periodic_task(crontab(minute="*"), name="find_waiting")(self.find_waiting)

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


def init_app(app: Flask) -> None:
    """Give the app its queue."""
    app.extensions["queue"] = Queue(app, app.config["GALLERY"])


def queue_of(app: Flask) -> Queue:
    """The app's queue."""
    return cast(Queue, app.extensions["queue"])
