"""What a worker does now and then about resumable uploads: ends those that are whole or too old."""

import logging
import time

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.media.partial import UploadLocked
from gallery.models.upload import Result, ResumableUpload, forgettable, open_upload_ids
from gallery.resumable import finish, partial_of

log = logging.getLogger(__name__)
STRAY_AGE_S = 3600
"""How old a file without an open upload must be to be removed: one that is being begun is younger."""


def look_after_uploads(settings: Settings) -> list[int]:
    """Keep what is whole, drop what is too old; the numbers of images to process. Commits, one by one."""
    numbers = []
    for upload_id in db.session.scalars(open_upload_ids()).all():
        try:
            numbers += _look_after(db.session.get_one(ResumableUpload, upload_id), settings)
        except Exception:  # one upload's trouble must not stop the others
            log.exception("resumable upload %s could not be looked after", upload_id)
        db.session.rollback()
    _forget()
    _remove_strays(settings)
    return numbers


def _look_after(upload: ResumableUpload, settings: Settings) -> list[int]:
    try:
        file = partial_of(upload, settings).open()
    except UploadLocked:
        return []
    except FileNotFoundError:
        _expire(upload)
        return []
    with file:
        if file.is_whole:
            return finish(upload, file, settings)
        if upload.is_too_old:
            _expire(upload)
            file.remove()
        return []


def _expire(upload: ResumableUpload) -> None:
    begin_write()
    if upload.is_open:
        upload.result = Result.EXPIRED
    db.session.commit()


def _forget() -> None:
    if db.session.scalar(sa.select(ResumableUpload.id).where(forgettable()).limit(1)) is None:
        return
    begin_write()
    db.session.execute(sa.delete(ResumableUpload).where(forgettable()))
    db.session.commit()


def _remove_strays(settings: Settings) -> None:
    """Files whose upload is over, or was never recorded."""
    if not settings.incoming_uploads.exists():
        return
    wanted = set(db.session.scalars(open_upload_ids()))
    for path in settings.incoming_uploads.iterdir():
        if path.stem not in wanted and path.stat().st_mtime < time.time() - STRAY_AGE_S:
            path.unlink(missing_ok=True)
