"""Many images change in one transaction: their documents are written anew, some at a time."""

from collections.abc import Callable, Sequence

from gallery.config import Settings
from gallery.db import db
from gallery.models.event import Event, announce
from gallery.models.image import Image, now
from gallery.models.lock import lock_images
from gallery.present.sync_document import write_documents

BATCH = 200


UPDATED = ((Event.UPDATED_IMAGE, None),)
Told = Sequence[tuple[Event, str | None]]
"""What is announced of each image: the event, and the name of a tag."""


def rewrite(
    numbers: Sequence[int],
    settings: Settings,
    change: Callable[[Image], None] = lambda _image: None,
    told: Told = UPDATED,
) -> None:
    """Make the change on each image, which must be locked, in the transaction under way.

    Memory does not grow with their number. What is in the trash is changed, too, but not announced.
    """
    moment = now()
    for start in range(0, len(numbers), BATCH):
        images = lock_images(numbers[start : start + BATCH])
        for image in images:
            change(image)
            image.updated_at = moment
        write_documents(images, settings)
        shown = [image for image in images if image.trashed_at is None]
        for event, tag_name in told:
            announce(event, shown, tag_name=tag_name)
        for image in images:
            db.session.expunge(image)
