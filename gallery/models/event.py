"""What happens to images and is told to other systems."""

from collections.abc import Iterable
from enum import StrEnum

from gallery.models.image import Image


class Event(StrEnum):
    """The name under which something that happened is announced."""

    NEW_IMAGE = "new_image"
    PROCESSED_IMAGE = "processed_image"
    UPDATED_IMAGE = "updated_image"
    DELETE_IMAGE = "delete_image"
    NEW_TAG_IMAGE = "new_tag_image"
    DELETE_TAG_IMAGE = "delete_tag_image"
    UPLOAD_DONE = "upload_done"
    VERDICT = "verdict"


def announce(event: Event, images: Iterable[Image], *, tag_name: str | None = None) -> None:
    """Note, in the transaction under way, that this happened to these images. Nobody listens yet."""
