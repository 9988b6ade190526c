"""The map of a share: counted, parted and boxed by places as they are told."""

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from gallery.db import db
from gallery.location.box import Box
from gallery.location.precision import Precision
from gallery.location.view import cell_level
from gallery.models.image import Image
from gallery.models.rounding import cells_of
from gallery.models.scope import Condition
from gallery.present.filters.filter import Filter
from gallery.present.maps.clusters import CROWD, feature_collection, features, known_cells
from gallery.present.maps.placed_cells import PlacedCells
from gallery.present.shares.links import ShareLinks

if TYPE_CHECKING:
    from gallery.index.spots import Spots


def shared_clusters(
    scope: Condition, wanted: Filter, precision: Precision, view: Box, zoom: int, links: ShareLinks
) -> dict[str, Any]:
    """GeoJSON of what the view shows, without the names of albums or what reviewers think."""
    if precision.is_rounded:
        found = _rounded(scope, wanted, precision, view, zoom, links)
    else:
        found = feature_collection(scope, wanted, view, zoom, links, links.page)
    for one in found["features"]:
        one["properties"] |= {"album": "", "worst_flag": None, "review": None}
    return found


def _rounded(
    scope: Condition, wanted: Filter, precision: Precision, view: Box, zoom: int, links: ShareLinks
) -> dict[str, Any]:
    spots, unplaced = _spots(scope, wanted, precision)
    level = cell_level(view, zoom)
    drawn = spots.cells(view, level)
    if len(drawn) > CROWD and level:
        drawn = spots.cells(view, level - 1)
    return {
        "type": "FeatureCollection",
        "total": spots.total,
        "unplaced": unplaced,
        "extent": spots.extent,
        "features": features(drawn, links, links.page),
    }


def _spots(scope: Condition, wanted: Filter, precision: Precision) -> "tuple[Spots, int]":
    """Where the images are told to be, and how many are nowhere: from memory, or counted by the database."""
    with known_cells(scope, wanted) as known:
        if isinstance(known, PlacedCells):
            return known.spots(precision), known.placing().unplaced
    condition = wanted.where(scope)
    without = sa.select(sa.func.count()).select_from(Image).where(condition, Image.latitude.is_(None))
    return _counted(condition, precision), db.session.scalar(without) or 0


def _counted(condition: Condition, precision: Precision) -> "Spots":
    from gallery.index.spots import Spots  # noqa: PLC0415  # loads NumPy, when it is first needed

    found = cells_of(condition, precision).c
    processed = sa.func.min(sa.case((found.processed, found.number)))
    sample = sa.func.coalesce(processed, sa.func.min(found.number))
    rows = db.session.execute(
        sa.select(found.cell_row, found.cell_column, sa.func.count(), sample)
        .group_by(found.cell_row, found.cell_column)
        .order_by(found.cell_row, found.cell_column)
    )
    return Spots.of_rows([(int(row), int(column), *more) for row, column, *more in rows], precision)
