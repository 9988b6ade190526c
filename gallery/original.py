"""Where an image's original and its renditions lie."""

from gallery.config import Settings
from gallery.media.format import Format
from gallery.media.rendering import Source
from gallery.media.store import Store
from gallery.models.image import Image

MISSING = "The original file is missing from the store."
"""The processing error of an image whose original was not there."""


def source_of(image: Image, settings: Settings) -> Source | None:
    """The image's original and the folder of its renditions; None for a record that came without its file."""
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
