"""Two albums become one."""

import sqlalchemy as sa

from gallery.album_editing import remove_row
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.album import Album, AlbumInvalid, Membership
from gallery.models.audit import Deed, record, record_all
from gallery.models.image import UNPLACED, Image, now
from gallery.models.lock import lock_album, lock_images_of
from gallery.models.upload import ResumableUpload
from gallery.present.order import ORDER
from gallery.rewriting import rewrite


def merge(source: Album, target: Album, settings: Settings) -> Album:
    """Let all that the source has be the target's, and the source be no more. The caller commits.

    Images with a place of their own come behind the target's that have one, in their order; the others stand
    by their time. Of the same bytes in both, both stay: each may have its own tags and claims. What lies in
    the trash comes along, and so do members and unfinished uploads. Raises AlbumInvalid for an album and
    itself, NotFound where one was deleted meanwhile.
    """
    numbers = source.number, target.number
    if numbers[0] == numbers[1]:
        raise AlbumInvalid("An album cannot be merged with itself.")
    begin_write()
    locked = {number: lock_album(number) for number in sorted(numbers)}
    source_now, target_now = (locked[number] for number in numbers)
    if source_now is None or target_now is None:
        raise NotFound("One of the albums was deleted a moment ago. Nothing was merged.")
    _unite_members(source_now, target_now)
    _move_images(source_now, target_now, settings)
    _move_uploads(source_now, target_now)
    target_now.updated_at = now()
    if source_now.place != target_now.place:
        target_now.flagged_up_to = 0
    record(Deed.ALBUM_MERGED, album=target_now, merged=source_now.id, name=source_now.name)
    remove_row(source_now)
    return target_now


def _move_images(source: Album, target: Album, settings: Settings) -> None:
    numbers = lock_images_of(source)
    places = _places(source, target)
    db.session.execute(
        sa.update(Image)
        .where(Image.album_number == source.number)
        .values(album_number=target.number)
        .execution_options(synchronize_session=False)
    )
    if places:
        db.session.execute(sa.update(Image), places)
    record_all(Deed.IMAGE_MOVED, numbers, came_from=source.id)
    rewrite(numbers, settings)


def _places(source: Album, target: Album) -> list[dict[str, int]]:
    """Of the source's images that have a place, each by its number, the one behind all of the target's."""
    is_placed = Image.position < UNPLACED
    highest = sa.select(sa.func.max(Image.position)).where(Image.album_number == target.number, is_placed)
    first = (db.session.scalar(highest) or 0) + 1
    placed = sa.select(Image.number).where(Image.album_number == source.number, is_placed).order_by(*ORDER)
    numbers = db.session.scalars(placed).all()
    return [
        {"number": number, "position": min(place, UNPLACED - 1)}
        for place, number in enumerate(numbers, start=first)
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
