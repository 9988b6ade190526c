"""Where an image's original and its renditions lie, and what reading it may cost."""

from typing import TYPE_CHECKING

from gallery.config import Settings
from gallery.media.confinement import Limits
from gallery.media.format import Format
from gallery.media.store import Store
from gallery.models.image import Image

if TYPE_CHECKING:
    from gallery.media.rendering import Source

MISSING = "The original file is missing from the store."
"""The processing error of an image whose original was not there."""


def source_of(image: Image, settings: Settings) -> "Source | None":
    """The image's original and the folder of its renditions; None for a record that came without its file."""
    from gallery.media.rendering import Source  # noqa: PLC0415  # loads libvips, 19 MB with its like

    if image.sha256 is None:
        return None
    page = image.page or 1
    name = f"{image.sha256}-{page}"
    return Source(
        path=Store(settings.originals).path_of(image.sha256),
        format=Format(image.format),
        page=page,
        width_px=image.original_width_px,
        height_px=image.original_height_px,
        folder=settings.renditions / image.sha256[:2] / image.sha256[2:4] / name,
    )


def limits_of(settings: Settings) -> Limits:
    """What a child that decodes a picture may take."""
    return Limits(settings.decode_timeout_s, settings.decode_memory_bytes)
