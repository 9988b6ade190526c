"""The queue's tasks, each a line that calls the flow."""

import logging
import sqlite3
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from flask import Flask

from gallery import batching, processing, renewal, upload_upkeep
from gallery.config import Settings
from gallery.db import db
from gallery.errors import GalleryError
from gallery.first_look import make_first_look
from gallery.media.rendition_trimming import trim
from gallery.models import batch
from gallery.models.waiting import waiting_numbers
from gallery.review.album_flagging import flag_albums
from gallery.upkeep import Upkeep

if TYPE_CHECKING:
    from gallery.schedule import Schedule

log = logging.getLogger(__name__)
PENDING_LIMIT = 10_000
"""How many found-again images are put into the queue at once."""
QUEUE_TROUBLE = (OSError, sqlite3.Error)
FLAG_WITHIN_S, RENEW_WITHIN_S = 5, 2
TRIM_AFTER_PART = 20
"""Renditions are trimmed at once when a twentieth of what they may take was written."""


class Queue:
    """The background work of one app. It may forget: work not done is found again from the rows."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._written_bytes = 0

    @property
    def huey(self) -> Any:
        """What the worker runs."""
        return self._schedule.huey

    def process(self, *image_numbers: int) -> None:
        """Have the images processed soon, by a worker. What cannot be queued now is found again later."""
        try:
            for number in image_numbers:
                self._schedule.ask["process"](number)
        except QUEUE_TROUBLE as error:  # the images are kept; who brought them must not hear otherwise
            log.warning("images %s could not be queued: %s", image_numbers, error)

    def process_now(self, image_number: int) -> None:
        """Process the image here. Whatever happens is recorded on it, and the worker goes on."""
        self._process_once(image_number, is_last_try=True)

    def find_waiting(self) -> None:
        """Queue again every image that was not processed and that the queue has forgotten."""
        known = [*self.huey.pending(), *self.huey.scheduled()]
        queued = {task.args[0] for task in known if task.name == "process"}
        with self._app.app_context():
            numbers = db.session.scalars(waiting_numbers().limit(PENDING_LIMIT)).all()
        self.process(*(number for number in numbers if number not in queued))

    def begin_batch(self, batch_number: int) -> None:
        """Have the batch carried out soon, by a worker; one that cannot be queued now is found again."""
        try:
            self._schedule.ask["run_batch"](batch_number)
        except QUEUE_TROUBLE as error:  # it is kept; whoever asked for it must not hear that it is not
            log.warning("batch %s could not be queued: %s", batch_number, error)

    def run_batch(self, batch_number: int) -> None:
        """Carry out what is left of it."""
        with self._app.app_context():
            numbers = batching.run(batch_number, self._settings)
        self.process(*numbers)

    def find_batches(self) -> None:
        """Queue again every batch that is not over and that the queue has forgotten."""
        queued = {task.args[0] for task in self.huey.pending() if task.name == "run_batch"}
        with self._app.app_context():
            numbers = batch.unended_numbers()
        for number in numbers:
            if number not in queued:
                self.begin_batch(number)

    def place_changed(self) -> None:
        """Have flags found again soon, by a worker; an album that cannot be queued now is found again."""
        try:
            self._schedule.ask["flag_albums"]()
        except QUEUE_TROUBLE as error:  # the place is kept; whoever set it must not hear that it is not
            log.warning("albums to be flagged could not be queued: %s", error)

    def flag_albums(self) -> None:
        """Find the flags of albums again whose expected place is another, others' work in between."""
        with self._app.app_context():
            waits = flag_albums(self._settings, FLAG_WITHIN_S)
        if waits:
            self.place_changed()

    def renew(self) -> None:
        """Process some images again that an older version processed, others' work in between."""
        with self._app.app_context():
            waits = renewal.go_on(self._settings, RENEW_WITHIN_S)
        if waits:
            self._schedule.ask["renew"]()

    def make_first_look(self, image_number: int) -> None:
        """Make the picture for grids before somebody waits for it."""
        with self._app.app_context():
            make_first_look(image_number, self._settings)

    def look_after_uploads(self) -> None:
        """End the resumable uploads that are whole, or too old."""
        with self._app.app_context():
            numbers = upload_upkeep.look_after_uploads(self._settings)
        self.process(*numbers)

    def _attempt(self, image_number: int, task: Any) -> None:
        """One try of the queue's, which makes another later when this one raises."""
        self._process_once(image_number, is_last_try=not task.retries)

    def _process_once(self, image_number: int, *, is_last_try: bool) -> None:
        with self._app.app_context():
            try:
                processing.process(image_number, self._settings)
            except Exception as error:  # one image's trouble must not stop the others
                if not is_last_try:
                    raise
                log.exception("image %s could not be processed", image_number)
                db.session.rollback()
                is_named = isinstance(error, GalleryError)
                sentence = str(error) if is_named else "The picture could not be processed."
                processing.fail(image_number, self._settings, sentence)
                return
        with suppress(*QUEUE_TROUBLE):  # then it is made when it is asked for
            self._schedule.ask["make_first_look"](image_number)

    def note_rendition(self, size_bytes: int) -> None:
        """Told of every rendition made on demand: after a large sum of them the folder is trimmed soon.

        The sum is this process's, and two threads may lose a count between them: the periodic task sees all.
        """
        self._written_bytes += size_bytes
        bound = self._settings.renditions_max_bytes
        if bound and self._written_bytes * TRIM_AFTER_PART >= bound:
            self._written_bytes = 0
            self._schedule.ask["trim_renditions"]()

    def trim_renditions(self) -> None:
        """Delete the least recently used renditions beyond what the settings allow."""
        trim(self._settings.renditions, self._settings.renditions_max_bytes)

    @cached_property
    def _schedule(self) -> "Schedule":
        from gallery.schedule import Schedule  # noqa: PLC0415  # loads Huey, 17 MB, when something is queued

        upkeep = Upkeep(self._app, self._settings)
        asked = (self.run_batch, self.flag_albums, self.trim_renditions, self.renew, self.make_first_look)
        others = {each.__name__: each for each in asked}
        found = (self.find_waiting, self.find_batches, self.flag_albums, self.look_after_uploads, self.renew)
        kept = (upkeep.fill_blocks, self.trim_renditions, upkeep.empty_trash)
        forgotten = (upkeep.forget_answers, upkeep.forget_deliveries, upkeep.forget_marks)
        return Schedule(
            self._settings.queue_path, {"process": self._attempt, **others}, (*found, *kept, *forgotten)
        )


def init_app(app: Flask) -> None:
    """Give the app its queue."""
    app.extensions["queue"] = Queue(app, app.config["GALLERY"])


def queue_of(app: Flask) -> Queue:
    """The app's queue."""
    return cast(Queue, app.extensions["queue"])
