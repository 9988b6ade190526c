"""A page of thumbnails."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import defer, lazyload

from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.present import order
from gallery.present.links import PictureLinks
from gallery.present.shown_image import COLUMNS, ShownImage
from gallery.present.tile import Tile, tile

PAGE_SIZE = 200
LIGHT_WORDS = (defer(Image.exifs), defer(Image.metadatas), defer(Image.description))
LIGHT = (*LIGHT_WORDS, lazyload(Image.album), lazyload(Image.claims))
"""Loads images without what no thumbnail shows."""


_IN_ORDER = sa.select(*COLUMNS).order_by(*order.ORDER).limit(PAGE_SIZE + 1)


@dataclass(frozen=True, slots=True)
class GridPage:
    """The tiles of one page, and the place that the next one begins after."""

    tiles: list[Tile]
    last: order.Place | None
    """None: there are no more."""


def grid_page(condition: Condition, links: PictureLinks, after: order.Place | None = None) -> GridPage:
    """The first images that pass the condition, or the first after a place."""
    query = _IN_ORDER.where(condition)
    if after is not None:
        query = query.where(order.after(after))
    images = [ShownImage(*row) for row in db.session.execute(query)]
    shown = images[:PAGE_SIZE]
    last = order.Place.of(shown[-1]) if len(images) > PAGE_SIZE else None
    return GridPage([tile(image, links) for image in shown], last)
