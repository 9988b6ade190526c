"""What is derived from a kept file in the background: EXIF, claims, position, renditions, colour."""

from typing import TYPE_CHECKING

from gallery.config import Settings
from gallery.db import db
from gallery.derivation import Derived, derive, put_into
from gallery.editing.revision import change_begun
from gallery.errors import GalleryError
from gallery.media.room import naming_full_disk
from gallery.models.audit import Deed, record
from gallery.models.event import Event, announce, announce_album, is_heard
from gallery.models.image import Image, now
from gallery.models.lock import begin_with_images
from gallery.models.waiting import waiting_numbers
from gallery.original import MISSING, source_of
from gallery.present.sync_document import stored_document, write_documents
from gallery.review.flagging import flag_again

if TYPE_CHECKING:
    from gallery.media.rendering import Source


class NoOriginal(GalleryError):
    """The image came as a record, without its file."""

    code = "no_original"
    status = 409


@naming_full_disk()
def process(image_number: int, settings: Settings) -> None:
    """Derive what the file itself says. Commits. What cannot be decoded is recorded as an error in words.

    Safe to run again: everything derived is replaced. An image in the trash waits until it comes back.
    """
    source = _source(image_number, settings)
    if source is None:
        return
    try:
        derived = derive(source, settings)
    except FileNotFoundError:
        derived = Derived(error=MISSING)
    _finish(image_number, settings, derived)


def fail(image_number: int, settings: Settings, sentence: str) -> None:
    """Record that the image could not be processed. Commits."""
    _finish(image_number, settings, Derived(error=sentence))


def begin_again(image: Image, settings: Settings) -> bytes:
    """Let the image wait to be processed, as if it were new: its document. The caller commits and queues it.

    Raises NoOriginal, and NotFound where it was deleted meanwhile.
    """
    if image.sha256 is None:
        raise NoOriginal("This image came without its file, so that there is nothing to process.")
    image = change_begun(image)
    image.processed, image.processing_error = False, None
    image.updated_at = now()
    record(Deed.IMAGE_PROCESSED_AGAIN, image=image)
    write_documents([image], settings)
    return stored_document(image)


def _source(image_number: int, settings: Settings) -> "Source | None":
    """Read what is needed and end the transaction: decoding must not hold one open."""
    image = db.session.get(Image, image_number)
    source = None if image is None or image.trashed_at is not None else source_of(image, settings)
    db.session.rollback()
    return source


def _finish(image_number: int, settings: Settings, derived: Derived) -> None:
    images = begin_with_images([image_number])
    if not images:
        db.session.rollback()
        return
    (image,) = images
    put_into(image, derived, settings)
    image.updated_at = now()
    flag_again(images, settings)
    write_documents(images, settings)
    if image.trashed_at is None:
        announce(Event.PROCESSED_IMAGE, images)
    if is_heard(Event.UPLOAD_DONE):
        _announce_end(image)
    db.session.commit()


def _announce_end(image: Image) -> None:
    """Tell when nothing that its uploader brought to the album waits any more."""
    waiting = waiting_numbers().where(
        Image.album_number == image.album_number,
        Image.uploader_number.is_not_distinct_from(image.uploader_number),
    )
    if db.session.scalar(waiting.limit(1)) is None:
        uploader = None if image.uploader is None else image.uploader.id
        announce_album(Event.UPLOAD_DONE, image.album, user_id=uploader, user_sfid=image.user_sfid)
