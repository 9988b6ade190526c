"""What is derived from a kept file in the background: EXIF, claims, position, renditions, colour."""

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.errors import CorruptFile, TooLarge
from gallery.media.exif import Exif, read_exif
from gallery.media.rendering import Source
from gallery.media.rendition import RenditionSet, write_renditions
from gallery.models.claim import Claim
from gallery.models.claim import Source as ClaimSource
from gallery.models.image import Image, now
from gallery.models.text import storable
from gallery.original import MISSING, source_of
from gallery.present.sync_document import write_documents


def process(image_number: int, settings: Settings) -> None:
    """Derive what the file itself says. Commits. What cannot be decoded is recorded as an error in words.

    Safe to run again: everything derived is replaced.
    """
    source = _source(image_number, settings)
    if source is None:
        return
    exif = None
    try:
        exif = read_exif(source.path, source.format)
        renditions = write_renditions(source.path, source.format, source.page, source.folder)
    except (CorruptFile, TooLarge) as error:
        _finish(image_number, settings, exif=exif, error=str(error))
    except FileNotFoundError:
        _finish(image_number, settings, error=MISSING)
    else:
        _finish(image_number, settings, exif=exif, renditions=renditions)


def fail(image_number: int, settings: Settings, sentence: str) -> None:
    """Record that the image could not be processed. Commits."""
    _finish(image_number, settings, error=sentence)


def _source(image_number: int, settings: Settings) -> Source | None:
    """Read what is needed and end the transaction: decoding must not hold one open."""
    image = db.session.get(Image, image_number)
    source = None if image is None else source_of(image, settings)
    db.session.rollback()
    return source


def _finish(
    image_number: int,
    settings: Settings,
    *,
    exif: Exif | None = None,
    renditions: RenditionSet | None = None,
    error: str | None = None,
) -> None:
    begin_write()
    image = db.session.get(Image, image_number)
    if image is None:
        db.session.rollback()
        return
    if exif is not None:
        _read_into(image, exif)
    if renditions is not None:
        image.original_width_px, image.original_height_px = renditions.width_px, renditions.height_px
        image.colour = renditions.colour
    image.derive_position(settings.gps_precedence)
    image.processed, image.processing_error = error is None, error
    image.updated_at = now()
    write_documents([image], settings)
    db.session.commit()


def _read_into(image: Image, exif: Exif) -> None:
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
