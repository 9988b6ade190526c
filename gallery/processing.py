"""What is derived from a kept file in the background: EXIF, claims, position, renditions, colour."""

from typing import TYPE_CHECKING

from gallery.config import Settings
from gallery.db import db
from gallery.errors import CorruptFile, GalleryError, TooLarge
from gallery.flagging import flag_again
from gallery.media.child import in_child
from gallery.media.credentials import Credentials, CredentialState, read_credentials
from gallery.media.room import naming_full_disk
from gallery.models.audit import Deed, record
from gallery.models.claim import Claim
from gallery.models.claim import Source as ClaimSource
from gallery.models.content_credentials import keep_credentials
from gallery.models.event import Event, announce, announce_album, is_heard
from gallery.models.fingerprint import keep_fingerprint
from gallery.models.image import Image, now
from gallery.models.lock import begin_with_images
from gallery.models.text import storable
from gallery.models.verdict import reopen
from gallery.models.waiting import waiting_numbers
from gallery.original import MISSING, limits_of, source_of
from gallery.present.sync_document import stored_document, write_documents
from gallery.revision import change_begun

if TYPE_CHECKING:
    from gallery.media.exif import Exif
    from gallery.media.rendering import Source
    from gallery.media.rendition import RenditionSet


class NoOriginal(GalleryError):
    """The image came as a record, without its file."""

    code = "no_original"
    status = 409


@naming_full_disk()
def process(image_number: int, settings: Settings) -> None:
    """Derive what the file itself says. Commits. What cannot be decoded is recorded as an error in words.

    Safe to run again: everything derived is replaced. An image in the trash waits until it comes back.
    """
    from gallery.media.exif import read_exif  # noqa: PLC0415  # loads libvips, which only a worker needs
    from gallery.media.rendition import write_renditions  # noqa: PLC0415  # the same

    source = _source(image_number, settings)
    if source is None:
        return
    exif, credentials, limits = None, None, limits_of(settings)
    try:
        exif = in_child(limits, read_exif, source.path, source.format)
        credentials = _credentials(source, settings)
        renditions = write_renditions(source.path, source.format, source.page, source.folder, limits)
    except (CorruptFile, TooLarge) as error:
        _finish(image_number, settings, exif=exif, credentials=credentials, error=str(error))
    except FileNotFoundError:
        _finish(image_number, settings, error=MISSING)
    else:
        _finish(image_number, settings, exif=exif, credentials=credentials, renditions=renditions)


def _credentials(source: "Source", settings: Settings) -> Credentials | None:
    """Those in the file. One that breaks their reader is a picture all the same."""
    try:
        return in_child(
            limits_of(settings), read_credentials, source.path, source.format, settings.credential_anchors
        )
    except (CorruptFile, TooLarge):
        return Credentials(CredentialState.UNREADABLE)


def fail(image_number: int, settings: Settings, sentence: str) -> None:
    """Record that the image could not be processed. Commits."""
    _finish(image_number, settings, error=sentence)


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


def _finish(
    image_number: int,
    settings: Settings,
    *,
    exif: "Exif | None" = None,
    credentials: Credentials | None = None,
    renditions: "RenditionSet | None" = None,
    error: str | None = None,
) -> None:
    images = begin_with_images([image_number])
    if not images:
        db.session.rollback()
        return
    (image,) = images
    if exif is not None:
        _read_into(image, exif)
        keep_credentials(image.number, credentials)
    if renditions is not None:
        image.original_width_px, image.original_height_px = renditions.width_px, renditions.height_px
        image.colour = renditions.colour
        keep_fingerprint(image.number, renditions.fingerprint)
    reopen(images)
    image.derive_position(settings.gps_precedence)
    image.processed, image.processing_error = error is None, error
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


def _read_into(image: Image, exif: "Exif") -> None:
    image.exifs = {storable(name): storable(value) for name, value in exif.tags.items()}
    image.taken_at = exif.taken_at
    offset = exif.taken_at.utcoffset() if exif.taken_at else None
    image.taken_offset_s = int(offset.total_seconds()) if offset else 0
    image.claims = [c for c in image.claims if c.source is not ClaimSource.EXIF]
    if exif.position is not None:
        image.claims.append(
            Claim(
                source=ClaimSource.EXIF,
                latitude=exif.position.latitude,
                longitude=exif.position.longitude,
                accuracy_m=exif.position.accuracy_m,
            )
        )
