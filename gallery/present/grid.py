"""A page of thumbnails."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import takewhile

import sqlalchemy as sa
from sqlalchemy.orm import defer, lazyload

from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present import order, time_order, words
from gallery.present.links import PictureLinks
from gallery.present.shown_image import COLUMNS, ShownImage
from gallery.present.tile import Tile, layout_ratio, ratio_classes, tile
from gallery.present.time_order import TimeOrder, TimePlace

PAGE_SIZE = 200
AHEAD = 16
"""Tiles of the next page that room is kept for: those that its first row shares with the last of this one."""
LIGHT_WORDS = (defer(Image.exifs), defer(Image.metadatas), defer(Image.description))
LIGHT = (*LIGHT_WORDS, lazyload(Image.album), lazyload(Image.claims))
"""Loads images without what no thumbnail shows."""


_SOME = sa.select(*COLUMNS).limit(PAGE_SIZE + AHEAD)


@dataclass(frozen=True, slots=True)
class GridPage:
    """The tiles of one page, and the place that the next one begins after."""

    tiles: list[Tile]
    ahead: list[str]
    """The ratios, as classes, of the tiles that will stand in the row of the last one."""
    last: ShownImage | None
    """None: there are no more."""
    days: list[str]
    """For each tile the day that begins with it, or nothing; nothing at all in the album's order."""
    last_day: str = ""
    """Of the last tile."""

    @property
    def dated_tiles(self) -> list[tuple[str, Tile]]:
        """The tiles, each behind the day that begins with it."""
        return list(zip(self.days, self.tiles, strict=True))


def grid_page(
    condition: Condition,
    links: PictureLinks,
    after: order.Place | TimePlace | None = None,
    by: TimeOrder | None = None,
    zone: tzinfo = UTC,
) -> GridPage:
    """The first images that pass the condition, or the first after a place.

    `by` None: in the album's order. `zone` has the days of images that do not say when they were taken.
    """
    query = _SOME.where(condition).order_by(*(by.columns if by else order.ORDER))
    if isinstance(after, order.Place):
        query = query.where(order.after(after))
    elif after is not None and by is not None:
        query = query.where(time_order.after(by, after))
    images = [ShownImage(*row) for row in db.session.connection().execute(query).all()]
    shown = images[:PAGE_SIZE]
    last = shown[-1] if len(images) > PAGE_SIZE else None
    tiles = [_tile(image, links) for image in shown]
    if by is None:
        return GridPage(tiles, _ratios(images[PAGE_SIZE:]), last, [""] * len(tiles))
    days = [words.day(_wall_time(image, by, zone)) for image in images]
    before = [after.day if isinstance(after, TimePlace) else "", *days]
    headings = [day if day != earlier else "" for day, earlier in zip(days, before, strict=False)]
    same_day = list(takewhile(lambda heading: not heading, headings[PAGE_SIZE:]))
    ahead = _ratios(images[PAGE_SIZE:][: len(same_day)])
    return GridPage(tiles, ahead, last, headings[:PAGE_SIZE], before[len(shown)])


_tile = lru_cache(maxsize=4_000)(tile)
"""A page that is looked at again finds its tiles made; whatever changes in a row makes it another row."""


def _ratios(images: list[ShownImage]) -> list[str]:
    return [ratio_classes(layout_ratio(image.shown_size_px)) for image in images]


def _wall_time(image: ShownImage, by: TimeOrder, zone: tzinfo) -> datetime:
    taken = image.taken_wall_time if by.is_by_taking else None
    return taken or image.created_at.astimezone(zone)
