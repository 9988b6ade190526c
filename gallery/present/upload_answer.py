"""What an upload answers."""

from collections.abc import Sequence
from typing import Any

from gallery.config import Settings
from gallery.models.image import Image
from gallery.present.links import Links
from gallery.present.sync_document import encode, join, sync_record

_OF_SYNC_ONLY = ("tag_names", "user_sfid")


def upload_answer(images: Sequence[Image], settings: Settings) -> bytes:
    """The array of the images' records, without the keys that only the sync API has."""
    return join(encode(plain_record(image, settings)) for image in images)


def plain_record(image: Image, settings: Settings) -> dict[str, Any]:
    """The image's record without those keys."""
    record = sync_record(image, [], Links(settings), settings.time_zone)
    for key in _OF_SYNC_ONLY:
        del record[key]
    return record
