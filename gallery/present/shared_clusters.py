"""The map of a share: counted, parted and boxed by places as they are told."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from gallery.db import db
from gallery.index.cell import Cell
from gallery.location import tile as cells
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.location.precision import GridCell, Precision, centre
from gallery.location.view import cell_level
from gallery.models.image import Image
from gallery.models.rounding import cells_of
from gallery.models.scope import Condition
from gallery.present.clusters import feature_collection, features
from gallery.present.filters import Filter
from gallery.present.share_links import ShareLinks


class Spot(NamedTuple):
    """The images of one cell of the grid, all told to be in its middle."""

    place: Position
    images: int
    image_number: int


def shared_clusters(
    scope: Condition, precision: Precision, view: Box, zoom: int, links: ShareLinks
) -> dict[str, Any]:
    """GeoJSON of what the view shows, without the names of albums or what reviewers think."""
    if not precision.is_rounded:
        found = feature_collection(scope, Filter(), view, zoom, links, links.page)
    else:
        found = _rounded(scope, precision, view, zoom, links)
    for one in found["features"]:
        one["properties"] |= {"album": "", "worst_flag": None, "review": None}
    return found


def _rounded(
    scope: Condition, precision: Precision, view: Box, zoom: int, links: ShareLinks
) -> dict[str, Any]:
    spots = _spots(scope, precision)
    drawn = _clustered((spot for spot in spots if view.holds(*spot.place)), cell_level(view, zoom))
    total = sum(spot.images for spot in spots)
    without = sa.select(sa.func.count()).select_from(Image).where(scope, Image.latitude.is_(None))
    return {
        "type": "FeatureCollection",
        "total": total,
        "unplaced": db.session.scalar(without) or 0,
        "extent": list(_around(spots)) if spots else None,
        "features": features(drawn, links, links.page),
    }


def _spots(scope: Condition, precision: Precision) -> list[Spot]:
    found = cells_of(scope, precision).c
    processed = sa.func.min(sa.case((found.processed, found.number)))
    sample = sa.func.coalesce(processed, sa.func.min(found.number))
    rows = db.session.execute(
        sa.select(found.cell_row, found.cell_column, sa.func.count(), sample)
        .group_by(found.cell_row, found.cell_column)
        .order_by(found.cell_row, found.cell_column)
    )
    return [
        Spot(centre(GridCell(int(row), int(column)), precision), count, number)
        for row, column, count, number in rows
    ]


def _clustered(spots: Iterable[Spot], level: int) -> list[Cell]:
    """Those that would lie on one another drawn as one, in the middle of their spots."""
    by_key: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_key[cells.key_of(spot.place) >> 2 * (cells.LEVEL - level)].append(spot)
    return [_cell(together) for _, together in sorted(by_key.items())]


def _cell(spots: list[Spot]) -> Cell:
    count = sum(spot.images for spot in spots)
    latitude = sum(spot.place.latitude * spot.images for spot in spots) / count
    longitude = sum(spot.place.longitude * spot.images for spot in spots) / count
    return Cell(count, longitude, latitude, _around(spots), spots[0].image_number, 0, 0)


def _around(spots: list[Spot]) -> Box:
    latitudes, longitudes = zip(*(spot.place for spot in spots), strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
