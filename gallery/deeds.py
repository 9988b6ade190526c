"""What a batch does to its images, and how that is taken back. Nothing here commits.

Each function takes images that are locked and lie in no trash, changes those that are not so already, and
says by number what these were before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.editing.rewriting import UPDATED, rewrite
from gallery.editing.trash import bring_back
from gallery.models import tag
from gallery.models.agreement import agreeing
from gallery.models.album import Album
from gallery.models.audit import Deed, record_all
from gallery.models.event import Event, announce
from gallery.models.image import UNPLACED, Image, now, untrashed
from gallery.models.user import User
from gallery.models.verdict import Decision, Reason, standing, verdicts_of
from gallery.present.sync_document import write_documents
from gallery.review.flagging import flag_again
from gallery.review.judgement import Judgement
from gallery.review.reviewing import decide_held, undo_held
from gallery.review.verdict_effect import tell

Before = Mapping[int, dict[str, Any]]


def put_on(images: Sequence[Image], name: str, settings: Settings) -> Before:
    """Put the tag on those that lack it."""
    (found,) = tag.find_or_create([name])
    new = tag.put_on_all(found, [image.number for image in images])
    record_all(Deed.IMAGE_TAGGED, new, tag=found.name)
    rewrite(new, settings, told=(*UPDATED, (Event.NEW_TAG_IMAGE, found.name)))
    return {number: {} for number in new}


def take_off(images: Sequence[Image], name: str, settings: Settings) -> Before:
    """Take the tag off those that have it."""
    found = tag.find_tag(name)
    if found is None:
        return {}
    names = tag.names_on([image.number for image in images])
    taken = tag.take_off_all(found, list(names))
    record_all(Deed.IMAGE_UNTAGGED, taken, tag=found.name)
    rewrite(taken, settings, told=(*UPDATED, (Event.DELETE_TAG_IMAGE, found.name)))
    return {number: {"nth": names[number].index(found.name)} for number in taken}


def put_back(before: Mapping[Image, Mapping[str, Any]], name: str, settings: Settings) -> Before:
    """Put the tag where it was among each image's tags."""
    names = tag.names_on([image.number for image in before])
    lacking = [image for image in before if name not in names[image.number]]
    for image in lacking:
        names[image.number].insert(before[image]["nth"], name)
    tag.replace_on_all([(image, names[image.number]) for image in lacking])
    record_all(Deed.IMAGE_TAGGED, lacking, tag=name)
    rewrite([image.number for image in lacking], settings, told=(*UPDATED, (Event.NEW_TAG_IMAGE, name)))
    return {image.number: {} for image in lacking}


def move(places: Mapping[Image, tuple[Album, int]], settings: Settings) -> Before:
    """Let each be its album's, at its position there."""
    moved = {image: place for image, place in places.items() if image.album_number != place[0].number}
    before = {
        image.number: {"album_number": image.album_number, "position": image.position} for image in moved
    }
    came_from = {image.number: {"came_from": image.album.id} for image in moved}
    expected = [image for image, (album, _) in moved.items() if image.album.place != album.place]
    moved_at = now()
    for image, (album, position) in moved.items():
        image.album, image.position, image.updated_at = album, position, moved_at
    record_all(Deed.IMAGE_MOVED, list(moved), details=came_from)
    flag_again(expected, settings)
    _tell(list(moved), Event.UPDATED_IMAGE, settings)
    return before


def move_to(images: Sequence[Image], album: Album, settings: Settings) -> Before:
    """Let them be the album's, behind those with a place of their own."""
    return move(dict.fromkeys(images, (album, UNPLACED)), settings)


def retitle(titles: Mapping[Image, str | None], settings: Settings) -> Before:
    """Give each its title."""
    changed = {image: title for image, title in titles.items() if image.title != title}
    before = {image.number: {"title": image.title} for image in changed}
    said = {image.number: {"changed": {"title": [image.title, changed[image]]}} for image in changed}
    record_all(Deed.IMAGE_EDITED, list(changed), details=said)
    changed_at = now()
    for image, title in changed.items():
        image.title, image.updated_at = title, changed_at
    _tell(list(changed), Event.UPDATED_IMAGE, settings)
    return before


def discard(images: Sequence[Image], user: User, settings: Settings) -> Before:
    """Put them into the trash."""
    trashed_at = now()
    for image in images:
        image.trashed_at, image.trashed_by = trashed_at, user
    record_all(Deed.IMAGE_TRASHED, images, actor=user)
    flag_again(images, settings)
    _tell(images, Event.DELETE_IMAGE, settings)
    return {image.number: {} for image in images}


def restore(images: Sequence[Image], settings: Settings) -> Before:
    """Bring those back that are in the trash."""
    found = [image for image in images if image.trashed_at is not None]
    bring_back(found, settings)
    return {image.number: {} for image in found}


def process_again(images: Sequence[Image], settings: Settings) -> Before:
    """Let those with a file wait to be processed, as if they were new."""
    found = [image for image in images if image.sha256 is not None]
    changed_at = now()
    for image in found:
        image.processed, image.processing_error, image.updated_at = False, None, changed_at
    record_all(Deed.IMAGE_PROCESSED_AGAIN, found)
    write_documents(found, settings)
    return {image.number: {} for image in found}


def approve(images: Sequence[Image], user: User, settings: Settings) -> Before:
    """A verdict on those that agree still, and that somebody else brought."""
    present = sa.select(Image.number).where(Image.number.in_([image.number for image in images]))
    numbers = set(db.session.scalars(present.where(untrashed(), agreeing())))
    found = [image for image in images if image.number in numbers and image.uploader_number != user.number]
    judgement = Judgement(Decision.APPROVED, reasons=(Reason.SOURCES_AGREE,))
    decided = [(image, decide_held(image, judgement, user, settings)) for image in found]
    tell(decided, settings)
    return {image.number: {"verdict": verdict.id} for image, verdict in decided}


def take_back(before: Mapping[Image, Mapping[str, Any]], user: User, settings: Settings) -> Before:
    """Undo the verdicts that are still the last of their images."""
    found = verdicts_of([image.number for image in before])
    undone = []
    for image in before:
        verdicts = standing(found[image.number])
        if verdicts and verdicts[0].id == before[image]["verdict"]:
            undo_held(image, verdicts, user, settings)
            undone.append(image)
    return {image.number: {} for image in undone}


def _tell(images: Sequence[Image], event: Event, settings: Settings) -> None:
    write_documents(images, settings)
    announce(event, images)
