"""Images go from one album to another, all of them or none."""

from collections.abc import Sequence

from gallery.config import Settings
from gallery.db import begin_write
from gallery.errors import NotFound
from gallery.models.album import Album
from gallery.models.audit import Deed, record_all
from gallery.models.event import Event, announce
from gallery.models.image import UNPLACED, Image, now
from gallery.models.lock import hold_album, lock_images
from gallery.present.sync_document import write_documents
from gallery.review.flagging import flag_again

BATCH = 200


def move(images: Sequence[Image], album: Album, settings: Settings) -> None:
    """Let the images be the album's, behind those with a place of their own. The caller commits.

    Just these: neither other pages of a file nor duplicates follow. Where the album has an image of the same
    bytes, both stay. Raises NotFound, having moved nothing, where one of them was deleted meanwhile.
    """
    numbers, album_number = [image.number for image in images], album.number
    begin_write()
    target = hold_album(album_number)
    found = [image for image in lock_images(numbers) if image.trashed_at is None]
    if target is None or len(found) < len(numbers):
        raise NotFound("The album or one of the images was deleted a moment ago. Nothing was moved.")
    moved = [image for image in found if image.album_number != album_number]
    came_from = {image.number: {"came_from": image.album.id} for image in moved}
    expected = [image for image in moved if image.album.place != target.place]
    moved_at = now()
    for image in moved:
        image.album, image.position, image.updated_at = target, UNPLACED, moved_at
    for start in range(0, len(expected), BATCH):
        flag_again(expected[start : start + BATCH], settings)
    for start in range(0, len(moved), BATCH):
        write_documents(moved[start : start + BATCH], settings)
    record_all(Deed.IMAGE_MOVED, moved, details=came_from)
    announce(Event.UPDATED_IMAGE, moved)
