"""A batch is carried out a hundred images at a time, each hundred in a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from gallery import deeds
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.errors import GalleryError
from gallery.models.album import Album
from gallery.models.audit import Actor, act_as
from gallery.models.batch import TAKEN_ALONG, Batch, BatchItem, Deed, waiting_items
from gallery.models.image import Image
from gallery.models.lock import hold_album, lock_images
from gallery.models.user import User
from gallery.permission import Action, may

STEP = 100
_NEEDED = {
    Deed.DOWNLOAD: Action.SEE,
    Deed.EVIDENCE: Action.SEE,
    Deed.TRASH: Action.TRASH,
    Deed.PROCESS: Action.ADD,
    Deed.APPROVE: Action.REVIEW,
}
Befores = Mapping[Image, Mapping[str, Any]]
Held = Mapping[int, Album | None]


class AlbumGone(GalleryError):
    """The album that images shall go to is not there, or not the person's."""

    code = "album_gone"
    status = 409


def run(batch_number: int, settings: Settings) -> list[int]:
    """Carry out what is left of the batch. Commits, again and again. Numbers of the images to process.

    May be killed at any moment and begun again: what a step has done, and that it did, are one transaction.
    """
    to_process: list[int] = []
    while True:
        found = step(batch_number, settings)
        if found is None:
            return to_process
        to_process += found


def step(batch_number: int, settings: Settings) -> list[int] | None:
    """Do the next hundred: numbers of images to process, or None where the batch is over. Commits."""
    begin_write()
    batch = db.session.get(Batch, batch_number, with_for_update=True)
    if batch is None or batch.ended_at is not None:
        db.session.rollback()
        return None
    act_as(Actor.of(batch.user))
    items = {item.image_number: item for item in waiting_items(batch, STEP)}
    if not items or batch.deed in TAKEN_ALONG:
        batch.ended_at = datetime.now(UTC)
        db.session.commit()
        return None
    try:
        before = _do(batch, items, settings)
    except GalleryError as trouble:
        _give_up(batch_number, str(trouble))
        return None
    for number, item in items.items():
        item.is_done, item.before = True, before.get(number)
    to_process = list(before) if batch.deed is Deed.PROCESS else []
    db.session.commit()
    return to_process


def _give_up(batch_number: int, sentence: str) -> None:
    """End it in words, with what earlier steps did."""
    begin_write()
    batch = db.session.get_one(Batch, batch_number)
    batch.ended_at, batch.trouble = datetime.now(UTC), sentence
    db.session.commit()


def _do(batch: Batch, items: Mapping[int, BatchItem], settings: Settings) -> deeds.Before:
    """Albums are locked before images, each by number."""
    undone = db.session.get(Batch, batch.undoes_number) if batch.undoes_number else None
    befores = _befores(undone, list(items)) if undone else {}
    albums = {place["album_number"] for place in befores.values() if "album_number" in place}
    albums |= {batch.details["album_number"]} if batch.deed is Deed.MOVE else set()
    held = {number: hold_album(number) for number in sorted(albums)}
    images = [image for image in lock_images(items) if may(batch.user, _needed(batch, undone), image)]
    if undone is not None:
        return _undo(undone, batch.user, {image: befores[image.number] for image in images}, held, settings)
    here = [image for image in images if image.trashed_at is None]
    if batch.deed is Deed.MOVE:
        return _move(batch, here, held, settings)
    return _DEEDS[batch.deed](batch, here, settings)


_DEEDS: dict[Deed, Callable[[Batch, list[Image], Settings], deeds.Before]] = {
    Deed.PUT_ON: lambda batch, images, settings: deeds.put_on(images, batch.details["tag"], settings),
    Deed.TAKE_OFF: lambda batch, images, settings: deeds.take_off(images, batch.details["tag"], settings),
    Deed.TITLE: lambda batch, images, settings: deeds.retitle(
        dict.fromkeys(images, batch.details["title"] or None), settings
    ),
    Deed.TRASH: lambda batch, images, settings: deeds.discard(images, batch.user, settings),
    Deed.PROCESS: lambda _batch, images, settings: deeds.process_again(images, settings),
    Deed.APPROVE: lambda batch, images, settings: deeds.approve(images, batch.user, settings),
}


def _move(batch: Batch, images: list[Image], held: Held, settings: Settings) -> deeds.Before:
    album = held[batch.details["album_number"]]
    if album is None or not may(batch.user, Action.ADD, album):
        raise AlbumGone("The album that they were to go to is not there any more.")
    return deeds.move_to(images, album, settings)


def _undo(undone: Batch, user: User, befores: Befores, held: Held, settings: Settings) -> deeds.Before:
    """Only what is still as the batch left it is changed."""
    details, images = undone.details, list(befores)
    if undone.deed is Deed.TRASH:
        return deeds.restore(images, settings)
    here = {image: before for image, before in befores.items() if image.trashed_at is None}
    if undone.deed is Deed.APPROVE:
        return deeds.take_back(here, user, settings)
    if undone.deed is Deed.PUT_ON:
        return deeds.take_off(list(here), details["tag"], settings)
    if undone.deed is Deed.TAKE_OFF:
        return deeds.put_back(here, details["tag"], settings)
    if undone.deed is Deed.TITLE:
        given = details["title"] or None
        titles = {image: before["title"] for image, before in here.items() if image.title == given}
        return deeds.retitle(titles, settings)
    places = {
        image: (album, before["position"])
        for image, before in here.items()
        if (album := held[before["album_number"]]) and image.album_number == details["album_number"]
    }
    return deeds.move(places, settings)


def _befores(undone: Batch, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    found = [db.session.get(BatchItem, (undone.number, number)) for number in numbers]
    return {item.image_number: item.before or {} for item in found if item is not None}


def _needed(batch: Batch, undone: Batch | None) -> Action:
    return _NEEDED.get((undone or batch).deed, Action.EDIT)
