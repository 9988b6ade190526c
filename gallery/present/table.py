"""A page of images as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from gallery.config import Settings
from gallery.db import db
from gallery.models import tag
from gallery.models.image import Image, untrashed
from gallery.present import words
from gallery.present.grid import LIGHT
from gallery.present.tile import Tile


@dataclass(frozen=True, slots=True)
class TableRow:
    """What is said of one image."""

    tile: Tile
    filename: str
    taken: str
    added: str
    uploader: str
    size: str
    kind: str
    tags: list[str]
    place: str
    """Empty: no position is believed."""


def table_rows(tiles: Sequence[Tile], settings: Settings) -> list[TableRow]:
    """The rows of the page's tiles, in their order."""
    found = sa.select(Image).options(*LIGHT, joinedload(Image.uploader))
    images = db.session.scalars(found.where(Image.id.in_([tile.id for tile in tiles]), untrashed()))
    by_id = {image.id: image for image in images}
    names = tag.names_on([image.number for image in by_id.values()])
    return [_row(tile, by_id[tile.id], names, settings) for tile in tiles if tile.id in by_id]


def _row(tile: Tile, image: Image, names: dict[int, list[str]], settings: Settings) -> TableRow:
    taken, place = image.taken_wall_time, image.believed_position
    width, height = image.shown_size_px
    return TableRow(
        tile=tile,
        filename=image.filename,
        taken=words.instant(taken) if taken else "",
        added=words.instant(image.created_at.astimezone(settings.time_zone)),
        uploader=image.uploader.name if image.uploader else "",
        size=f"{words.number(width)} × {words.number(height)}",
        kind=f"{image.format.upper()}, {words.file_size(image.size_bytes)}",
        tags=names[image.number],
        place=words.coordinates(*place) if place else "",
    )
