"""What a worker tidies away and keeps ready as time goes by, each a line that calls the flow."""

from flask import Flask

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing import trash
from gallery.index.marks import forget_marks
from gallery.models import delivery, kept_answer
from gallery.present.zipped_list import are_blocks_kept, fill_blocks

MOST_BLOCKS = 500
"""That are compressed in one go, some milliseconds each."""
MARKS_KEPT = 100_000
"""More than any process follows one by one."""


class Upkeep:
    """Of one app. Each may be killed at any moment and begun again."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings

    def fill_blocks(self) -> None:
        """Compress what of the sync list was changed, or was never compressed."""
        with self._app.app_context():
            if are_blocks_kept(db.engine):
                fill_blocks(MOST_BLOCKS)

    def empty_trash(self) -> None:
        """Delete for good what has been in the trash for long enough."""
        with self._app.app_context():
            trash.empty(self._settings)

    def forget_answers(self) -> None:
        """Delete the answers that were kept for long enough."""
        with self._app.app_context():
            kept_answer.forget_old()

    def forget_marks(self) -> None:
        """Delete old marks of changes; who has not read them yet reads everything anew."""
        with self._app.app_context():
            begin_write()
            forget_marks(db.session.connection(), MARKS_KEPT)
            db.session.commit()

    def forget_deliveries(self) -> None:
        """Delete the log of messages that were over long ago."""
        with self._app.app_context():
            delivery.forget_old()
