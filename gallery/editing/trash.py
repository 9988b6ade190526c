"""The trash: images are put there, brought back, and after a time deleted for good."""

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.revision import Accepts, any_revision, change_begun
from gallery.errors import NotFound
from gallery.media.store import Store
from gallery.models import departure
from gallery.models.audit import Deed, record, record_all
from gallery.models.event import Event, announce
from gallery.models.image import Image, now
from gallery.models.image_key import ImageKey
from gallery.models.lock import begin_with_images, hold_uploads, lock_images
from gallery.models.trash import is_named, overdue_numbers
from gallery.models.user import User
from gallery.original import source_of
from gallery.present.sync_document import write_documents
from gallery.review.flagging import flag_again

if TYPE_CHECKING:
    from gallery.media.rendering import Source

BATCH = 100


def discard(image: Image | ImageKey, user: User, settings: Settings, accepts: Accepts = any_revision) -> None:
    """Put the image into the trash: it is nowhere else from then on. The caller commits.

    Raises NotFound where somebody else has done so, and PreconditionFailed.
    """
    image = change_begun(image, accepts)
    image.trashed_at, image.trashed_by = now(), user
    record(Deed.IMAGE_TRASHED, actor=user, image=image)
    flag_again([image], settings)
    write_documents([image], settings)
    announce(Event.DELETE_IMAGE, [image])


def discard_mirrored(images: Sequence[Image], settings: Settings) -> int:
    """The same for images that are gone where they came from, in the transaction under way: how many.

    Their albums are held already (`lock_known`).
    """
    found = [image for image in lock_images([image.number for image in images]) if image.trashed_at is None]
    for image in found:
        image.trashed_at = now()
    record_all(Deed.IMAGE_TRASHED, found, mirrored=True)
    flag_again(found, settings)
    write_documents(found, settings)
    announce(Event.DELETE_IMAGE, found)
    return len(found)


def restore(image: Image, settings: Settings) -> Image:
    """Bring the image back from the trash, exactly as it was. The caller commits. Raises NotFound."""
    found = [image for image in begin_with_images([image.number]) if image.trashed_at is not None]
    if not found:
        raise NotFound("This image is in the trash no longer.")
    bring_back(found, settings)
    return found[0]


def bring_back(images: Sequence[Image], settings: Settings) -> None:
    """The same for images that are locked."""
    for image in images:
        image.trashed_at = image.trashed_by = None
    record_all(Deed.IMAGE_RESTORED, images)
    flag_again(images, settings)
    write_documents(images, settings)
    announce(Event.NEW_IMAGE, images)


def delete_for_good(numbers: Sequence[int], settings: Settings) -> int:
    """Delete those of the images that are in the trash: how many. Commits.

    The rows first, then the bytes: a crash leaves at worst a file that no image names. Bytes of which
    another image is made stay.
    """
    images = [image for image in begin_with_images(numbers) if image.trashed_at is not None]
    sources = [source for image in images if (source := source_of(image, settings)) is not None]
    found = [image.number for image in images]
    files = {image.number: {"filename": image.filename, "sha256": image.sha256} for image in images}
    record_all(Deed.IMAGE_PURGED, images, details=files)
    db.session.expunge_all()
    db.session.execute(sa.delete(Image).where(Image.number.in_(found)))
    db.session.commit()
    for source in sources:
        _remove_bytes(source, settings)
    return len(found)


def empty(settings: Settings) -> None:
    """Delete for good what has been in the trash for long enough, and forget old deletions. Commits."""
    overdue = overdue_numbers(settings.trash_days).limit(BATCH)
    while numbers := db.session.scalars(overdue).all():
        delete_for_good(numbers, settings)
    begin_write()
    departure.forget_before(now() - departure.KEPT)
    db.session.commit()


def _remove_bytes(source: "Source", settings: Settings) -> None:
    """Unless an image is made of them, or an upload is about to make one."""
    sha256 = source.path.name
    hold_uploads()
    try:
        if not is_named(sha256, source.page):
            shutil.rmtree(source.folder, ignore_errors=True)  # may be made anew, or trimmed, at this moment
        if not is_named(sha256):
            Store(settings.originals).remove(sha256)
    finally:
        db.session.rollback()
