"""A tag is put on images, or taken off, all of them or none."""

from collections.abc import Sequence

from gallery.config import Settings
from gallery.editing.rewriting import UPDATED, rewrite
from gallery.errors import NotFound
from gallery.models import tag
from gallery.models.audit import Deed, record_all
from gallery.models.event import Event
from gallery.models.image import Image
from gallery.models.lock import begin_with_images


def put_on(images: Sequence[Image], name: str, settings: Settings) -> bool:
    """Put the tag on the images that lack it, after the tags they have. The caller commits.

    Whether that changed anything. Raises TagInvalid, and NotFound where one was deleted meanwhile.
    """
    numbers = _begun(images)
    (found,) = tag.find_or_create([name])
    new = tag.put_on_all(found, numbers)
    record_all(Deed.IMAGE_TAGGED, new, tag=found.name)
    rewrite(new, settings, told=(*UPDATED, (Event.NEW_TAG_IMAGE, found.name)))
    return bool(new)


def take_off(images: Sequence[Image], name: str, settings: Settings) -> None:
    """Take the tag off the images that have it. The caller commits. Raises NotFound likewise."""
    numbers = _begun(images)
    found = tag.find_tag(name)
    if found is None:
        return
    taken = tag.take_off_all(found, numbers)
    record_all(Deed.IMAGE_UNTAGGED, taken, tag=found.name)
    rewrite(taken, settings, told=(*UPDATED, (Event.DELETE_TAG_IMAGE, found.name)))


def _begun(images: Sequence[Image]) -> list[int]:
    """The numbers of the images, locked in a writing transaction of its own. Raises NotFound."""
    numbers = [image.number for image in images]
    found = [image for image in begin_with_images(numbers) if image.trashed_at is None]
    if len(found) < len(set(numbers)):
        raise NotFound("One of the images was deleted a moment ago. Nothing was changed.")
    return numbers
