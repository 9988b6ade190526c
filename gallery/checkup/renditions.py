"""The renditions of every processed image are whole or can be made; repair has them made."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.checkup.processing import process_again
from gallery.db import db
from gallery.errors import GalleryError
from gallery.media.rendering import Source
from gallery.media.rendition import SIZES_PX, fetch_rendition, is_whole
from gallery.media.rendition_trimming import was_trimmed
from gallery.models.image import Image, untrashed
from gallery.original import limits_of, source_of

BATCH = 500


def missing_or_damaged_renditions(checkup: Checkup) -> Iterator[Finding]:
    """Damaged ones, those missing that cannot be made, and, of each image, that some are still to be made.

    Repair makes the missing ones here and now, for nothing else about the image changes. Where renditions
    were deleted for room, a missing one is not told at all.
    """
    may_miss, last = was_trimmed(checkup.settings.renditions), 0
    while images := _processed_after(last):
        for image in images:
            source = source_of(image, checkup.settings)
            if source is None:
                continue
            missing, damaged = _missing_and_damaged(source.folder, deep=checkup.deep)
            if damaged:
                yield _damaged(image, source, damaged, checkup)
            elif missing and not may_miss:
                yield _missing(image, source, missing, checkup)
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


def _missing_and_damaged(folder: Path, *, deep: bool) -> tuple[list[int], list[int]]:
    """The sizes of those that are not there, and of those that cannot be read to the end."""
    missing, damaged = [], []
    for size_px in SIZES_PX:
        try:
            if not is_whole(folder, size_px, deep=deep):
                damaged.append(size_px)
        except FileNotFoundError:
            missing.append(size_px)
    return missing, damaged


def _damaged(image: Image, source: Source, sizes_px: list[int], checkup: Checkup) -> Finding:
    repaired = checkup.repair and source.path.exists()
    if repaired:
        process_again(image.number, checkup)
    sentence = f"{source.folder}: {_names(sizes_px)} cannot be read to the end."
    return Finding(Kind.DAMAGED_RENDITION, image.id, sentence, repaired=repaired)


def _missing(image: Image, source: Source, sizes_px: list[int], checkup: Checkup) -> Finding:
    sentence = f"{source.folder}: {_names(sizes_px)} is missing"
    if not source.path.exists():
        return Finding(Kind.MISSING_RENDITION, image.id, f"{sentence}, and so is the original.")
    try:
        for size_px in sizes_px if checkup.repair else ():
            fetch_rendition(
                source.path, source.format, source.page, source.folder, size_px, limits_of(checkup.settings)
            )
    except GalleryError as error:
        return Finding(Kind.MISSING_RENDITION, image.id, f"{sentence} and cannot be made: {error}")
    return Finding(Kind.UNMADE_RENDITION, image.id, f"{sentence}.", repaired=checkup.repair)


def _names(sizes_px: list[int]) -> str:
    return ", ".join(f"{size_px}.jpg" for size_px in sizes_px)
