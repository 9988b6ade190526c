"""The picture of an image that most grids show, made before somebody waits for it."""

from contextlib import suppress

from gallery.config import Settings
from gallery.db import db
from gallery.errors import GalleryError
from gallery.media.transformation import parse
from gallery.models.image import Image
from gallery.original import limits_of, source_of
from gallery.present.links import Links
from gallery.present.tile import USUAL

FORMAT = "avif"
"""Of today's browsers; the others are few, and have theirs made when they ask."""


def make_first_look(image_number: int, settings: Settings) -> None:
    """Make it, unless it is there. What cannot be made now is left to whoever asks for it."""
    from gallery.media.rendering import render  # noqa: PLC0415  # loads libvips, which only a worker needs

    image = db.session.get(Image, image_number)
    source, chain = None, ""
    if image is not None and image.processed and image.trashed_at is None:
        source, chain = source_of(image, settings), Links(settings).shown_chain(image, USUAL)
    db.session.rollback()
    if source is not None:
        with suppress(GalleryError, FileNotFoundError):
            render(source, parse(chain), FORMAT, limits_of(settings))
