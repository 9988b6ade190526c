"""Images as pages show them, read once and kept until their rows change."""

from collections.abc import Sequence

import sqlalchemy as sa

from gallery.db import db
from gallery.index.image_index import image_index
from gallery.index.image_sets import ImageSets
from gallery.models.image import Image
from gallery.models.scope import among
from gallery.present.shown_image import COLUMNS, ShownImage

MOST_KEPT = 4_000
"""A kilobyte each."""
_ROWS = sa.select(Image.number, *COLUMNS)


def shown_images(numbers: Sequence[int]) -> list[ShownImage]:
    """The images with these numbers as they are now, in the same order; one that is gone is left out."""
    with image_index().sets() as sets:
        return shown_by(sets, numbers)


def shown_by(sets: ImageSets | None, numbers: Sequence[int]) -> list[ShownImage]:
    """The same by an index that is read, or is not."""
    kept = {} if sets is None else sets.kept
    found = {number: kept[number] for number in numbers if number in kept}
    missing = [number for number in numbers if number not in found]
    if missing:
        read = _read(missing)
        found |= read
        kept |= read
        while len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]
    return [found[number] for number in numbers if number in found]


def _read(numbers: list[int]) -> dict[int, ShownImage]:
    """On a connection of its own, which sees nothing older than the index and nobody's open work."""
    with db.engine.connect() as connection:
        return {number: ShownImage(*row) for number, *row in connection.execute(_ROWS.where(among(numbers)))}
