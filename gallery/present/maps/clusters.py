"""Images on a map, those that would lie on one another drawn as one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import sqlalchemy as sa

from gallery.db import db
from gallery.index.cell import Cell
from gallery.index.image_index import image_index
from gallery.location.box import Box
from gallery.location.flag import Severity
from gallery.location.view import View
from gallery.models.album import Album
from gallery.models.image import Image, untrashed
from gallery.models.review_state import GRAVEST_LAST
from gallery.models.scope import Condition, Scope, among
from gallery.present import words
from gallery.present.filters.filter import Filter
from gallery.present.links import PictureLinks
from gallery.present.maps.counted_cells import CountedCells
from gallery.present.maps.placed_cells import PlacedCells
from gallery.present.shown_image import PIN_COLUMNS, PinImage
from gallery.present.tile import SMALL

CROWD = 120
"""Pins that can still be told apart in one view: of more than that, four neighbours are drawn as one."""
_TABLE = Image.__table__
_FLAGS = (None, *(severity.name.lower() for severity in sorted(Severity)))


def feature_collection(
    scope: Condition, wanted: Filter, box: Box, zoom: int, links: PictureLinks, url_of: Callable[[str], str]
) -> dict[str, Any]:
    """GeoJSON of the cells that the view touches; `url_of` an image id is its page."""
    view = View.of(box, zoom)
    with known_cells(scope, wanted) as known:
        found, placing = known.cells(view), known.placing()
        if len(found) > CROWD and view.level:
            found = known.cells(View.at(box, view.level - 1))
        cells = list(found)
    return {
        "type": "FeatureCollection",
        "total": placing.total,
        "unplaced": placing.unplaced,
        "extent": placing.extent,
        "features": features(cells, links, url_of),
    }


@contextmanager
def known_cells(scope: Condition, wanted: Filter) -> Iterator[PlacedCells | CountedCells]:
    """Where the images under a filter lie, as memory has it, or SQL counts it; others wait meanwhile."""
    with image_index().sets() if isinstance(scope, Scope) else nullcontext() as sets:
        if sets is not None and isinstance(scope, Scope):
            yield PlacedCells(sets, scope, wanted)
            return
    yield CountedCells(wanted.where(scope))


def extent_at_hand(scope: Condition, wanted: Filter) -> Box | None:
    """The smallest box around the places of the images; None: nothing has one, or memory does not know."""
    with image_index().sets() as sets:
        if sets is None or not isinstance(scope, Scope):
            return None
        return PlacedCells(sets, scope, wanted).placing().extent


def features(
    cells: Sequence[Cell], links: PictureLinks, url_of: Callable[[str], str]
) -> list[dict[str, Any]]:
    """The cells as GeoJSON, each with the image that stands for it."""
    chosen = among([cell.image_number for cell in cells])
    query = sa.select(_TABLE.c.number, *PIN_COLUMNS).where(chosen, untrashed())
    rows = db.session.connection().execute(query).all() if cells else []
    images = {number: PinImage(*row) for number, *row in rows}
    numbers = {image.album_number for image in images.values()}
    named = sa.select(Album.number, Album.name).where(Album.number.in_(numbers))
    albums = {row[0]: row[1] for row in db.session.execute(named)} if numbers else {}
    return [
        _feature(cell, image, albums[image.album_number], links, url_of)
        for cell in cells
        if (image := images.get(cell.image_number))  # else it went just now
    ]


def _feature(
    cell: Cell, image: PinImage, album: str | None, links: PictureLinks, url_of: Callable[[str], str]
) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "count": cell.count,
        "id": image.id,
        "worst_flag": _FLAGS[cell.worst_flag],
        "review": GRAVEST_LAST[cell.worst_review],
        "title": image.label,
        "url": url_of(image.id),
        "thumbnail": links.of_type(image, "mini") if image.processed else None,
        "bounds": cell.bounds,
    }
    if cell.count == 1:
        properties |= _card(image, album, links)
    place = {"type": "Point", "coordinates": [cell.longitude, cell.latitude]}
    return {"type": "Feature", "geometry": place, "properties": properties}


def _card(image: PinImage, album: str | None, links: PictureLinks) -> dict[str, Any]:
    """What is said of an image that lies alone."""
    taken = image.taken_wall_time
    return {
        "album": album,
        "taken": words.instant(taken) if taken else None,
        "preview": links.shown(image, SMALL) if image.processed else None,
    }
