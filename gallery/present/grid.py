"""A page of thumbnails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import takewhile

from sqlalchemy.orm import defer, lazyload

from gallery.models.image import Image
from gallery.present import words
from gallery.present.links import PictureLinks
from gallery.present.page_order import PAGE_SIZE, Begin
from gallery.present.shown_image import ShownImage
from gallery.present.shown_images import shown_images
from gallery.present.tile import Tile, layout_ratio, ratio_classes, tile
from gallery.present.time_order import TimeOrder, TimePlace

LIGHT_WORDS = (defer(Image.exifs), defer(Image.metadatas), defer(Image.description))
LIGHT = (*LIGHT_WORDS, lazyload(Image.album), lazyload(Image.claims))
"""Loads images without what no thumbnail shows."""


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
    def dated_tiles(self) -> tuple[tuple[str, Tile], ...]:
        """The tiles, each behind the day that begins with it."""
        return tuple(zip(self.days, self.tiles, strict=True))


def grid_page(
    numbers: Sequence[int],
    links: PictureLinks,
    after: Begin = None,
    by: TimeOrder | None = None,
    zone: tzinfo = UTC,
) -> GridPage:
    """Of images in their order, with those ahead, behind a place.

    `by` None: in the album's order. `zone` has the days of images that do not say when they were taken.
    """
    images = shown_images(numbers)
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
