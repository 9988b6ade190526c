"""The pictures that are nearest to one, in space and in time, among those that somebody may see."""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from gallery.db import UtcDateTime, db
from gallery.location import tile as cells
from gallery.location.position import distance_m
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.present import words
from gallery.present.grid import LIGHT
from gallery.present.links import Links
from gallery.present.tile import Tile, tile
from gallery.present.time_order import TAKEN

COUNT, MOST_LOOKED_AT = 5, 400
LEVELS = (22, 19, 16, 13, 10, 7, 4, 1)
"""Of cells that are looked through: about 10 m wide, and each next 8 times as wide."""


class Near(NamedTuple):
    """One of them."""

    tile: Tile
    how_far: str


def near_in_space(image: Image, scope: Scope, links: Links) -> list[Near]:
    """The nearest by believed position; none, where the image has no position."""
    here = image.believed_position
    if here is None:
        return []
    found = sorted(
        (
            (distance_m(here, there), near)
            for near in _around(image, scope)
            if (there := near.believed_position) is not None
        ),
        key=lambda pair: pair[0],
    )
    return [Near(tile(near, links), words.distance(metres)) for metres, near in found[:COUNT]]


def near_in_time(image: Image, scope: Scope, links: Links) -> list[Near]:
    """The nearest by when they were taken, or uploaded where nothing says that.

    They are looked for in the image's album, and among some hundred of all: who sees few waits no longer.
    """
    moment = image.taken_at or image.created_at
    now = sa.literal(moment, UtcDateTime())
    near: dict[int, Image] = {}
    for beyond, direction in ((now <= TAKEN, sa.asc), (now > TAKEN, sa.desc)):
        order = direction(TAKEN), direction(Image.id)
        looked_at = sa.select(Image.number).where(beyond).order_by(*order).limit(MOST_LOOKED_AT)
        around = Image.number.in_(db.session.scalars(looked_at).all())
        for among in (Image.album_number == image.album_number, around):
            query = sa.select(Image).options(*LIGHT).where(scope, among, beyond, Image.number != image.number)
            near |= {one.number: one for one in db.session.scalars(query.order_by(*order).limit(COUNT))}
    gaps = (((one.taken_at or one.created_at) - moment, one) for one in near.values())
    found = sorted(((gap.total_seconds(), one) for gap, one in gaps), key=lambda pair: abs(pair[0]))
    return [Near(tile(one, links), _gap(seconds)) for seconds, one in found[:COUNT]]


def _gap(seconds: float) -> str:
    if abs(seconds) < 1:
        return "the same second"
    return f"{words.duration(abs(seconds))} {'later' if seconds > 0 else 'earlier'}"


def _around(image: Image, scope: Scope) -> list[Image]:
    """Enough images of the cells around; a nearer one outside would have to be a cell's width away."""
    here, found = image.map_key or 0, []
    for level in LEVELS:
        ranges = sa.or_(*(Image.map_key.between(*span) for span in _spans(here, level)))
        query = sa.select(Image).options(*LIGHT).where(scope, ranges, Image.number != image.number)
        found = list(db.session.scalars(query.limit(MOST_LOOKED_AT)))
        if len(found) >= COUNT:
            break
    return found


def _spans(key: int, level: int) -> Iterator[tuple[int, int]]:
    """The keys of a cell and the eight around it, across 180° too."""
    shift = 2 * (cells.LEVEL - level)
    column, row = cells.column_and_row(key >> shift)
    across = 1 << level
    for x in {(column + step) % across for step in (-1, 0, 1)}:
        for y in {min(max(row + step, 0), across - 1) for step in (-1, 0, 1)}:
            first = cells.key_at(x, y) << shift
            yield first, first + (1 << shift) - 1
