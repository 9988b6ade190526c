"""Images on a map, those that would lie on one another drawn as one."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer, lazyload

from gallery.db import db
from gallery.location import tile as cells
from gallery.location.box import Box
from gallery.location.position import Position
from gallery.models.image import Image
from gallery.models.scope import Condition, inside
from gallery.present import words
from gallery.present.links import PictureLinks

CELL_LEVELS_ABOVE_ZOOM = 2
"""A cell is a quarter of a 256-pixel tile: 64 pixels wide."""
MOST_CELLS_ACROSS = 128
"""A view of more cells than any screen has is drawn coarser, so that no answer grows without limit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The images of one cell."""

    count: int
    longitude: float
    latitude: float
    bounds: Box
    image_number: int
    """One of them, a processed one if there is any."""


def feature_collection(
    condition: Condition, view: Box, zoom: int, links: PictureLinks, url_of: Callable[[str], str]
) -> dict[str, Any]:
    """GeoJSON of the cells that the view touches; `url_of` an image id is its page."""
    level = cell_level(view, zoom)
    found = _cells(sa.and_(condition, inside(whole_cells(view, level))), level)
    images = images_by_number(cell.image_number for cell in found)
    return {
        "type": "FeatureCollection",
        **_summary(condition),
        "features": [feature(cell, images[cell.image_number], links, url_of) for cell in found],
    }


def cell_level(view: Box, zoom: int) -> int:
    """The level whose cells are about 64 pixels wide, or a coarser one where the view is too wide for it."""
    width = (view.east - view.west) % 360 or 360.0 if view.east != view.west else 1e-9
    top = cells.fractions(Position(view.north, 0))[1]
    bottom = cells.fractions(Position(view.south, 0))[1]
    across = max(width / 360, bottom - top, 1e-9)
    finest = math.floor(math.log2(MOST_CELLS_ACROSS / across))
    return max(0, min(zoom + CELL_LEVELS_ABOVE_ZOOM, finest, cells.LEVEL))


def whole_cells(view: Box, level: int) -> Box:
    """The view grown to the edges of its cells, so that a cell at the rim keeps its count as one moves."""
    count = 1 << level
    left, top = cells.fractions(Position(view.north, view.west))
    right, bottom = cells.fractions(Position(view.south, view.east))
    first_row, last_row = math.floor(top * count), math.ceil(bottom * count)
    west, east = math.floor(left * count) * 360 / count - 180, math.ceil(right * count) * 360 / count - 180
    if view.crosses_180 and west <= east:
        west, east = -180.0, 180.0
    return Box(west, _latitude(last_row / count), east, _latitude(first_row / count))


def _latitude(fraction: float) -> float:
    """The parallel at a fraction of the height from the north; the ends are the poles."""
    if fraction <= 0:
        return 90.0
    if fraction >= 1:
        return -90.0
    return math.degrees(math.atan(math.sinh((0.5 - fraction) * 2 * math.pi)))


def _cells(condition: Condition, level: int) -> list[Cell]:
    key = Image.map_key.op(">>")(sa.literal_column(str(2 * (cells.LEVEL - level))))
    sample = sa.func.coalesce(
        sa.func.min(sa.case((Image.processed, Image.number))), sa.func.min(Image.number)
    )
    latitude, longitude = Image.latitude, Image.longitude
    edges = (sa.func.min(longitude), sa.func.min(latitude), sa.func.max(longitude), sa.func.max(latitude))
    rows = db.session.execute(
        sa.select(sa.func.count(), sa.func.avg(longitude), sa.func.avg(latitude), *edges, sample)
        .where(condition, Image.map_key.is_not(None))
        .group_by(key)
        .order_by(key)
    )
    return [Cell(count, lon, lat, Box(*box), number) for count, lon, lat, *box, number in rows]


def _summary(condition: Condition) -> dict[str, Any]:
    """How many images have a position, how many have none, and the smallest box around them."""
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
        ).where(condition)
    ).one()
    total, unplaced, south, north, west, east, west_end, east_start = row
    if not total:
        return {"total": 0, "unplaced": unplaced, "extent": None}
    if None not in (west_end, east_start) and west_end + 360 - east_start < east - west:
        west, east = east_start, west_end
    return {"total": total, "unplaced": unplaced, "extent": [west, south, east, north]}


def images_by_number(numbers: Iterable[int]) -> dict[int, Image]:
    """The images of these numbers, light."""
    light = (defer(Image.exifs), defer(Image.infos), defer(Image.metadatas), lazyload(Image.claims))
    images = db.session.scalars(sa.select(Image).options(*light).where(Image.number.in_(list(numbers))))
    return {image.number: image for image in images}


def feature(cell: Cell, image: Image, links: PictureLinks, url_of: Callable[[str], str]) -> dict[str, Any]:
    """A cell as GeoJSON, with the image that stands for it."""
    taken = image.taken_wall_time
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [cell.longitude, cell.latitude]},
        "properties": {
            "count": cell.count,
            "id": image.id,
            "title": image.label,
            "url": url_of(image.id),
            "album": image.album.name,
            "taken": words.instant(taken) if taken else None,
            "thumbnail": links.of_type(image, "mini") if image.processed else None,
            "preview": links.shown(image, "c_fit,w_300") if image.processed else None,
            "bounds": list(cell.bounds),
        },
    }
