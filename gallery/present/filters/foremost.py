"""Which of very many images stand first on a page: by their moments in memory, without asking for each."""

from datetime import datetime

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_sets import ImageSets
from gallery.index.moments import Moments
from gallery.index.numbers import bitmap_of
from gallery.models.image import UNPLACED, Image, untrashed
from gallery.models.scope import Scope
from gallery.present import order
from gallery.present.page_order import Begin
from gallery.present.time_order import TimeOrder, TimePlace

MOST_ARRANGED = 4_000
"""Images of one album that have places of their own."""


def foremost(
    sets: ImageSets, scope: Scope, numbers: BitMap, after: Begin, by: TimeOrder | None, count: int
) -> BitMap | None:
    """Some of the scope's images with these numbers, among them the first `count` behind a place.

    None: the sets cannot tell.
    """
    if by is not None:
        begin = after.moment if isinstance(after, TimePlace) else None
        moments = sets.taken if by.is_by_taking else sets.added
        return _beyond(moments, numbers, begin, count, backwards=by.is_backwards)
    album = scope.album
    if album is None:
        return None
    arranged = sets.worked_out(("arranged", album), lambda: _arranged(album))
    if len(arranged) > MOST_ARRANGED:
        return None
    begin = after.created_at if isinstance(after, order.Place) and after.position == UNPLACED else None
    return (numbers & arranged) | _beyond(sets.added, numbers - arranged, begin, count, backwards=False)


def _beyond(
    moments: Moments, numbers: BitMap, begin: datetime | None, count: int, *, backwards: bool
) -> BitMap:
    second = None if begin is None else int(begin.timestamp())
    about, beyond = moments.beyond(numbers, second, count, backwards=backwards)
    return bitmap_of(about) | bitmap_of(beyond)


def _arranged(album_number: int) -> BitMap:
    """Those that have places of their own, or too many of them."""
    has_place = sa.and_(Image.album_number == album_number, Image.position < UNPLACED)
    query = sa.select(Image.number).where(has_place, untrashed()).limit(MOST_ARRANGED + 1)
    with db.engine.connect() as connection:
        return BitMap(connection.scalars(query).all())
