"""Two albums become one."""

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.album_editing import remove_row
from gallery.editing.rewriting import rewrite
from gallery.errors import NotFound
from gallery.models.album import Album, AlbumInvalid, Membership
from gallery.models.audit import Deed, record, record_all
from gallery.models.image import UNPLACED, Image, now
from gallery.models.lock import lock_album, lock_numbers
from gallery.models.upload import ResumableUpload
from gallery.present.order import ORDER

AT_ONCE = 1_000
"""Images that come along in one transaction, half a second's work, which others wait for."""


def merge(source: Album, target: Album, settings: Settings) -> Album:
    """Let all that the source has be the target's, and the source be no more. The caller commits.

    Images with a place of their own come behind the target's that have one, in their order; the others stand
    by their time. Of the same bytes in both, both stay: each may have its own tags and claims. What lies in
    the trash comes along, and so do members and unfinished uploads. Of more than AT_ONCE images all but the
    last come in transactions of their own, which are committed here; the source is there until the end, and a
    merge that was cut short goes on when it is asked for again. Raises AlbumInvalid for an album and itself,
    NotFound where one was deleted meanwhile.
    """
    numbers = source.number, target.number
    if numbers[0] == numbers[1]:
        raise AlbumInvalid("An album cannot be merged with itself.")
    source, target, are_left = _merge_some(*numbers, settings)
    while are_left:
        db.session.commit()
        source, target, are_left = _merge_some(*numbers, settings)
    _move_uploads(source, target)
    record(Deed.ALBUM_MERGED, album=target, merged=source.id, name=source.name)
    remove_row(source)
    return target


def _merge_some(source_number: int, target_number: int, settings: Settings) -> tuple[Album, Album, bool]:
    """The albums, locked, in a transaction in which images have come along, and whether others are left."""
    begin_write()
    locked = {number: lock_album(number) for number in sorted((source_number, target_number))}
    source, target = locked[source_number], locked[target_number]
    if source is None or target is None:
        raise NotFound("One of the albums was deleted a moment ago. Nothing was merged.")
    _unite_members(source, target)
    are_left = _move_images(source, target, settings)
    target.updated_at = now()
    if source.place != target.place:
        target.flagged_up_to = 0
    return source, target, are_left


def _move_images(source: Album, target: Album, settings: Settings) -> bool:
    """The first of them, in their order; whether there are more."""
    first = sa.select(Image.number).where(Image.album_number == source.number).order_by(*ORDER)
    found = db.session.scalars(first.limit(AT_ONCE + 1)).all()
    numbers = lock_numbers(found[:AT_ONCE])
    places = _places(numbers, target)
    db.session.execute(
        sa.update(Image)
        .where(Image.number.in_(numbers))
        .values(album_number=target.number)
        .execution_options(synchronize_session=False)
    )
    if places:
        db.session.execute(sa.update(Image), places)
    record_all(Deed.IMAGE_MOVED, numbers, came_from=source.id)
    rewrite(numbers, settings)
    return len(found) > AT_ONCE


def _places(numbers: list[int], target: Album) -> list[dict[str, int]]:
    """Of those of the images that have a place, each by its number, the one behind all of the target's."""
    is_placed = Image.position < UNPLACED
    highest = sa.select(sa.func.max(Image.position)).where(Image.album_number == target.number, is_placed)
    first = (db.session.scalar(highest) or 0) + 1
    placed = sa.select(Image.number).where(Image.number.in_(numbers), is_placed).order_by(*ORDER)
    return [
        {"number": number, "position": min(place, UNPLACED - 1)}
        for place, number in enumerate(db.session.scalars(placed), start=first)
    ]


def _unite_members(source: Album, target: Album) -> None:
    present = sa.select(Membership.user_number).where(Membership.album_number == target.number)
    missing = sa.select(sa.literal(target.number), Membership.user_number).where(
        Membership.album_number == source.number, Membership.user_number.not_in(present)
    )
    db.session.execute(
        sa.insert(Membership).from_select(["album_number", "user_number"], missing, include_defaults=False)
    )


def _move_uploads(source: Album, target: Album) -> None:
    db.session.execute(
        sa.update(ResumableUpload)
        .where(ResumableUpload.album_number == source.number)
        .values(album_number=target.number)
        .execution_options(synchronize_session=False)
    )
