"""An album's images get places of their own, which is the order for people and programs."""

from typing import NamedTuple

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import db
from gallery.editing.album_editing import album_change_begun
from gallery.editing.rewriting import rewrite
from gallery.errors import NotFound
from gallery.models.album import Album
from gallery.models.audit import Deed, record
from gallery.models.image import UNPLACED, Image
from gallery.models.lock import lock_images
from gallery.models.scope import of_album
from gallery.present import order

STEP = 1024
"""Between neighbours that were just placed, so that others fit between them."""


class _Gap(NamedTuple):
    """Positions between which there may be another."""

    low: int
    high: int

    @property
    def middle(self) -> int | None:
        """A position in it; None: there is none."""
        if self.high == UNPLACED and self.low + STEP < UNPLACED:
            return self.low + STEP
        middle = (self.low + self.high) // 2
        return middle if self.low < middle < self.high else None


def put_before(image: Image, target: Image | None, settings: Settings) -> None:
    """Let the image stand right before the target in their album, or at its end. The caller commits.

    Images without a place of their own get one as far as is needed for all others to stay where they are.
    Raises NotFound where one of them was moved or deleted meanwhile.
    """
    number, target_number = image.number, None if target is None else target.number
    if number == target_number:
        return
    album = album_change_begun(image.album, settings)
    middle = _gap(album, number, target_number).middle
    if middle is None:
        _place(album, number, target_number, settings)
        middle = _gap(album, number, target_number).middle
    if middle is None:
        raise NotFound("There are more photographs than places.")
    moved = _found(album, number)
    record(Deed.IMAGE_PLACED, image=moved, position=middle)
    _set_positions({moved.number: middle}, settings)


def _gap(album: Album, number: int, target_number: int | None) -> _Gap:
    """Between the target and what stands before it, wherever the image itself is."""
    query = sa.select(Image).where(of_album(album), Image.number != number)
    target = None
    if target_number is not None:
        target = _found(album, target_number)
        query = query.where(order.before(order.Place.of(target)))
    behind = db.session.scalar(query.order_by(*(column.desc() for column in order.ORDER)).limit(1))
    low = 0 if behind is None else behind.position
    return _Gap(low, UNPLACED if target is None else target.position)


def _place(album: Album, number: int, target_number: int | None, settings: Settings) -> None:
    """Give places with room between them to all before the target, and to all that had one."""
    wanted = sa.and_(of_album(album), Image.number != number)
    if target_number is not None:
        stand_before = order.before(order.Place.of(_found(album, target_number)))
        wanted = sa.and_(wanted, sa.or_(stand_before, Image.position < UNPLACED))
    numbers = db.session.scalars(sa.select(Image.number).where(wanted).order_by(*order.ORDER)).all()
    step = max(1, min(STEP, (UNPLACED - 2) // (len(numbers) + 1)))
    _set_positions({other: step * nth for nth, other in enumerate(numbers, start=1)}, settings)


def _set_positions(positions: dict[int, int], settings: Settings) -> None:
    numbers = [image.number for image in lock_images(positions)]
    db.session.execute(
        sa.update(Image), [{"number": number, "position": positions[number]} for number in numbers]
    )
    rewrite(numbers, settings)
    db.session.expire_all()


def _found(album: Album, number: int) -> Image:
    found = db.session.get(Image, number)
    if found is None or found.album_number != album.number or found.trashed_at is not None:
        raise NotFound("One of the photographs was moved or deleted a moment ago.")
    return found
