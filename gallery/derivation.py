"""What the file of an image says by itself, and how that is put into the image."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gallery.config import Settings
from gallery.errors import CorruptFile, TooLarge
from gallery.media.child import in_child
from gallery.media.credentials import Credentials, CredentialState, read_credentials
from gallery.models.claim import Claim
from gallery.models.claim import Source as ClaimSource
from gallery.models.content_credentials import keep_credentials
from gallery.models.fingerprint import bits_apart, keep_fingerprint, known_fingerprint
from gallery.models.image import UNKNOWN_COLOUR, Image
from gallery.models.text import storable
from gallery.models.verdict import reopen
from gallery.original import limits_of

if TYPE_CHECKING:
    from gallery.media.exif import Exif
    from gallery.media.rendering import Source
    from gallery.media.rendition import RenditionSet

VERSION = 1
"""Rises when the same file gives more than before, or something else: what was processed by an older one can
then be processed again."""

_SAME_BITS = 3
"""In which fingerprints differ when the same picture was made in other bytes."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What was found, as far as it went."""

    exif: "Exif | None" = None
    """None: not even this could be read."""
    credentials: Credentials | None = None
    renditions: "RenditionSet | None" = None
    error: str | None = None
    """Why there are no renditions, in words."""


def derive(source: "Source", settings: Settings) -> Derived:
    """Read the file and write its renditions. Raises FileNotFoundError, Busy and StorageFull."""
    from gallery.media.exif import read_exif  # noqa: PLC0415  # loads libvips, which only a worker needs
    from gallery.media.rendition import write_renditions  # noqa: PLC0415  # the same

    exif, credentials, limits = None, None, limits_of(settings)
    try:
        exif = in_child(limits, read_exif, source.path, source.format)
        credentials = _credentials(source, settings)
        renditions = write_renditions(source.path, source.format, source.page, source.folder, limits)
    except (CorruptFile, TooLarge) as error:
        return Derived(exif, credentials, error=str(error))
    return Derived(exif, credentials, renditions)


def _credentials(source: "Source", settings: Settings) -> Credentials | None:
    """Those in the file. One that breaks their reader is a picture all the same."""
    try:
        return in_child(
            limits_of(settings), read_credentials, source.path, source.format, settings.credential_anchors
        )
    except (CorruptFile, TooLarge):
        return Credentials(CredentialState.UNREADABLE)


def put_into(image: Image, derived: Derived, settings: Settings) -> None:
    """Replace all that is derived, in the transaction under way; flags and document are the caller's."""
    if derived.exif is not None:
        _read_into(image, derived.exif)
        keep_credentials(image.number, derived.credentials)
    if derived.renditions is not None:
        made = derived.renditions
        if _was_seen_otherwise(image, made):
            image.delivery_version += 1  # browsers keep what the old links gave for a year
        image.original_width_px, image.original_height_px = made.width_px, made.height_px
        image.colour = made.colour
        keep_fingerprint(image.number, made.fingerprint)
    reopen([image])
    image.derive_position(settings.gps_precedence)
    image.processed, image.processing_error = derived.error is None, derived.error
    image.processed_version = VERSION


def _was_seen_otherwise(image: Image, made: "RenditionSet") -> bool:
    """Whether its pictures looked other before than these do; other bytes alone do not count."""
    if image.colour == UNKNOWN_COLOUR:
        return False
    before = image.original_width_px, image.original_height_px, image.colour
    known = known_fingerprint(image.number)
    is_other = known is not None and (
        made.fingerprint is None or bits_apart(known, made.fingerprint) > _SAME_BITS
    )
    return is_other or before != (made.width_px, made.height_px, made.colour)


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
