"""Every processed image has its renditions, whole; repair has them made again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.checkup.processing import process_again
from gallery.db import db
from gallery.media.rendering import Source
from gallery.media.rendition import SIZES_PX, is_whole
from gallery.media.rendition_trimming import was_trimmed
from gallery.models.image import Image, untrashed
from gallery.original import source_of

BATCH = 500


def missing_or_damaged_renditions(checkup: Checkup) -> Iterator[Finding]:
    """Of an image whose original is missing nothing can be made: it is named, and stays as it is.

    Where renditions were deleted for room, one that is missing is made when it is asked for, and not named.
    """
    may_miss, last = was_trimmed(checkup.settings.renditions), 0
    while images := _processed_after(last):
        for image in images:
            source = source_of(image, checkup.settings)
            trouble = None if source is None else _trouble(source.folder, deep=checkup.deep)
            if source is None or trouble is None:
                continue
            kind, sentence = trouble
            if kind is Kind.MISSING_RENDITION and may_miss:
                continue
            repaired = checkup.repair and _make_again(image, source, checkup)
            yield Finding(kind, image.id, sentence, repaired=repaired)
        last = images[-1].number
        checkup.advance(len(images))


def _processed_after(last: int) -> Sequence[Image]:
    """Rows without what belongs to them; of no session, so that none is kept."""
    images = db.session.scalars(
        sa.select(Image)
        .where(Image.number > last, Image.processed, Image.sha256.is_not(None), untrashed())
        .order_by(Image.number)
        .limit(BATCH)
        .options(lazyload(Image.album), lazyload(Image.claims))
    ).all()
    db.session.expunge_all()
    db.session.rollback()
    return images


def _trouble(folder: Path, *, deep: bool) -> tuple[Kind, str] | None:
    damaged = []
    for size_px in SIZES_PX:
        name = f"{size_px}.jpg"
        try:
            if not is_whole(folder, size_px, deep=deep):
                damaged.append(name)
        except FileNotFoundError:
            return Kind.MISSING_RENDITION, f"{folder / name} is missing."
    if damaged:
        return Kind.DAMAGED_RENDITION, f"{folder}: {', '.join(damaged)} cannot be read to the end."
    return None


def _make_again(image: Image, source: Source, checkup: Checkup) -> bool:
    if not source.path.exists():
        return False
    process_again(image.number, checkup)
    return True
