"""Images that an older version processed are processed again, one after another, where nobody waits for it.

They stay as they are until then. Originals and verdicts are not touched, and an image whose document comes
out the same keeps that and its `updated_at`.
"""

import logging
import time
from threading import Lock

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.derivation import VERSION, Derived, derive, put_into
from gallery.models.document import Site
from gallery.models.event import Event, announce
from gallery.models.image import Image, now, untrashed
from gallery.models.lock import begin_with_images
from gallery.original import source_of
from gallery.present.sync_document import is_document_current, write_documents
from gallery.review.flagging import flag_again

log = logging.getLogger(__name__)
_at_work = Lock()


def count_older() -> int:
    """How many images an older version processed."""
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Image).where(*_older(), untrashed()))
    db.session.rollback()
    return count or 0


def ask(up_to: int | None) -> None:
    """Have those beyond this number processed again by workers; None: no more of them. Commits."""
    begin_write()
    db.session.execute(sa.update(Site).values(renewed_up_to=up_to))
    db.session.commit()


def go_on(settings: Settings, within_s: float) -> bool:
    """Process some of them again, if that was asked for: whether there are more when the time is over.

    Commits image by image. May be killed at any moment and begun again. One that cannot be processed now
    stays as it is, an older one, and is passed over. Of several threads one works.
    """
    if not _at_work.acquire(blocking=False):
        return False
    try:
        end = time.monotonic() + within_s
        while (number := _next()) is not None:
            try:
                _renew(number, settings)
            except Exception:  # one image's trouble must not stop the others
                log.exception("image %s could not be processed again", number)
                db.session.rollback()
            db.session.expunge_all()
            if time.monotonic() >= end:
                return True
        return False
    finally:
        _at_work.release()


def _older() -> tuple[sa.ColumnElement[bool], ...]:
    """Those that wait to be processed are none."""
    is_over = sa.or_(Image.processed, Image.processing_error.is_not(None))
    return Image.processed_version < VERSION, is_over, Image.sha256.is_not(None)


def _next() -> int | None:
    """Take the next one, so that no other process does; after the last nothing is asked for any more."""
    asked = sa.select(Site.renewed_up_to)
    if db.session.scalar(asked) is None:
        db.session.rollback()  # without waiting for anybody who writes
        return None
    begin_write()
    up_to, number = db.session.scalar(asked.with_for_update()), None
    if up_to is not None:
        older = sa.select(Image.number).where(Image.number > up_to, *_older(), untrashed())
        number = db.session.scalar(older.order_by(Image.number).limit(1))
        db.session.execute(sa.update(Site).values(renewed_up_to=number))
    db.session.commit()
    return number


def _renew(number: int, settings: Settings) -> None:
    image = db.session.get_one(Image, number)
    was_processed, source = image.processed, source_of(image, settings)
    db.session.rollback()
    if source is None:
        return
    derived = derive(source, settings)
    if derived.error is not None and was_processed:
        log.warning("image %s stays as it was, for now: %s", number, derived.error)
        return
    _put(number, derived, settings)


def _put(number: int, derived: Derived, settings: Settings) -> None:
    """Unless it was deleted, or is to be processed anyway."""
    images = begin_with_images([number])
    if not images or not (images[0].processed or images[0].processing_error):
        db.session.rollback()
        return
    (image,) = images
    put_into(image, derived, settings)
    flag_again(images, settings)
    if image.trashed_at is None and not is_document_current(image, settings):
        image.updated_at = now()
        write_documents(images, settings)
        announce(Event.PROCESSED_IMAGE, images)
    db.session.commit()
