"""The cells of a map by SQL: while the index is read, and for scopes that it does not know."""

import sqlalchemy as sa

from gallery.db import db
from gallery.index.cell import Cell
from gallery.location import tile
from gallery.location.box import Box
from gallery.location.view import View
from gallery.models.image import Image
from gallery.models.review_state import GRAVEST_LAST
from gallery.models.scope import Condition, inside
from gallery.present.maps.placing import Placing


class CountedCells:
    """The images that meet a condition, in queries of which each takes longer the more there are."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition

    def cells(self, view: View) -> list[Cell]:
        """Those of the view that hold any, in the order of their keys."""
        shift = sa.literal_column(str(2 * (tile.LEVEL - view.level)), sa.BigInteger)
        key = Image.map_key.op(">>")(shift)
        latitude, longitude = Image.latitude, Image.longitude
        edges = (f(column) for f in (sa.func.min, sa.func.max) for column in (longitude, latitude))
        means = (sa.func.avg(longitude), sa.func.avg(latitude))
        where = (self._condition, inside(view.box), Image.map_key.is_not(None))
        query = sa.select(key, sa.func.count(), *means, *edges, *_STANDING).where(*where)
        rows = db.session.execute(query.group_by(key).order_by(key))
        return [
            Cell(count, lon, lat, Box(*more[:4]), *more[4:])
            for key, count, lon, lat, *more in rows
            if view.holds(key)
        ]

    def placing(self) -> Placing:
        """How many have a position, how many have none, and the smallest box around them."""
        longitude = Image.longitude
        west_half, east_half = sa.case((longitude < 0, longitude)), sa.case((longitude >= 0, longitude))
        row = db.session.execute(
            sa.select(
                sa.func.count(Image.map_key),
                sa.func.count() - sa.func.count(Image.map_key),
                sa.func.min(Image.latitude),
                sa.func.max(Image.latitude),
                sa.func.min(longitude),
                sa.func.max(longitude),
                sa.func.max(west_half),
                sa.func.min(east_half),
            ).where(self._condition)
        ).one()
        total, unplaced, south, north, west, east, west_end, east_start = row
        if not total:
            return Placing(0, unplaced, None)
        if None not in (west_end, east_start) and west_end + 360 - east_start < east - west:
            west, east = east_start, west_end
        return Placing(total, unplaced, Box(west, south, east, north))


_GRAVITY = sa.case({state: place for place, state in enumerate(GRAVEST_LAST)}, value=Image.review)
_STANDING = (
    sa.func.coalesce(sa.func.min(sa.case((Image.processed, Image.number))), sa.func.min(Image.number)),
    sa.func.max(Image.worst_flag),
    sa.func.max(_GRAVITY),
)
"""What stands for a cell: the first image that is processed if any is, the worst flag, the worst review."""
