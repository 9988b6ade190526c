"""The pictures that are nearest to one, in space and in time, among those that somebody may see."""

from typing import NamedTuple

import sqlalchemy as sa

from gallery.db import UtcDateTime, db
from gallery.index.image_index import image_index
from gallery.language import gettext as _
from gallery.location.position import Position, distance_m
from gallery.models.image import Image
from gallery.models.scope import TAKEN, Scope
from gallery.present import words
from gallery.present.filters.filter import Filter
from gallery.present.grid import LIGHT
from gallery.present.links import Links
from gallery.present.maps.placed_cells import PlacedCells
from gallery.present.tile import Tile, tile

COUNT, ENOUGH, MOST_LOOKED_AT = 5, 25, 400


class Near(NamedTuple):
    """One of them."""

    tile: Tile
    how_far: str


def near_in_space(image: Image, scope: Scope, links: Links) -> list[Near]:
    """The nearest by believed position; none where the image has no position, or the index is being read."""
    here = image.believed_position
    if here is None:
        return []
    near = sa.select(Image).options(*LIGHT).where(scope, Image.number.in_(_around(image, here, scope)))
    found = sorted(
        (
            (distance_m(here, there), one)
            for one in db.session.scalars(near)
            if (there := one.believed_position) is not None
        ),
        key=lambda pair: pair[0],
    )
    return [Near(tile(one, links), words.distance(metres)) for metres, one in found[:COUNT]]


def _around(image: Image, here: Position, scope: Scope) -> list[int]:
    """Enough others, that the nearest along the geodesic are among them."""
    with image_index().sets() as sets:
        found = [] if sets is None else PlacedCells(sets, scope, Filter()).nearest(here, ENOUGH)
    return [number for number in found if number != image.number]


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
        return _("the same second")
    time = words.duration(abs(seconds))
    return _("%(time)s later", time=time) if seconds > 0 else _("%(time)s earlier", time=time)
