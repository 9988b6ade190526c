"""What an upload answers."""

from collections.abc import Sequence

from gallery.config import Settings
from gallery.models.image import Image
from gallery.present.links import Links
from gallery.present.sync_document import encode, join, sync_record

_OF_SYNC_ONLY = ("tag_names", "user_sfid")


def upload_answer(images: Sequence[Image], settings: Settings) -> bytes:
    """The array of the images' records, without the keys that only the sync API has."""
    links = Links(settings)
    records = [sync_record(image, [], links, settings.time_zone) for image in images]
    for record in records:
        for key in _OF_SYNC_ONLY:
            del record[key]
    return join(encode(record) for record in records)
