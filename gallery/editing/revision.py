"""Which state of an image somebody has seen, and the beginning of every change of one.

A revision is the number of the last change of the image's document. It is the API's ETag.
"""

from collections.abc import Callable

import sqlalchemy as sa

from gallery.db import begin_write, db
from gallery.errors import GalleryError, NotFound
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.models.image_key import ImageKey
from gallery.models.lock import hold_albums, lock_image
from gallery.prepared import Prepared

Accepts = Callable[[str], bool]
"""Whether a revision is one that the caller has seen."""


class PreconditionFailed(GalleryError):
    """The image has changed since the caller read it; nothing was done."""

    code = "precondition_failed"
    status = 412


def any_revision(_revision: str) -> bool:
    """What is there may be changed whatever it is."""
    return True


def revision_of(image: Image) -> str:
    """The present one."""
    rows = _SEQ.rows_on(db.session.connection(), image_id=image.id)
    return str(rows[0][0] if rows else None)


_SEQ = Prepared(sa.select(SyncDocument.seq).where(SyncDocument.image_id == sa.bindparam("image_id")))


def change_begun(
    image: Image | ImageKey, accepts: Accepts = any_revision, *, into: int | None = None
) -> Image:
    """The image as it is now, in a writing transaction of its own in which nobody else changes it.

    `into` is the number of an album that shall be there until the end. Raises NotFound where image or album
    was deleted since it was looked up, and PreconditionFailed.
    """
    number, own = image.number, image.album_number
    begin_write()
    # PostgreSQL looks for the album when a row is changed twice, which must not be behind who merges it.
    held = hold_albums({own, own if into is None else into})
    if into is not None and into not in held:
        raise NotFound("The album was deleted a moment ago.")
    found = lock_image(number)
    if found is None or found.trashed_at is not None:
        raise NotFound("This image was deleted a moment ago.")
    if not accepts(revision_of(found)):
        raise PreconditionFailed("This image has changed since you read it. Read it again, then decide.")
    return found
