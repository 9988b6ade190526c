"""Every original that a row names is there, as long as was noted, of the bytes whose digest is its name."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.db import db
from gallery.media.store import Store
from gallery.models.image import Image

BATCH = 500


class _Named(NamedTuple):
    """An original, once, however many images are made of it."""

    sha256: str
    image_id: str
    image_count: int
    least_bytes: int
    most_bytes: int


def missing_or_damaged_originals(checkup: Checkup) -> Iterator[Finding]:
    """The size is always compared, the bytes only when the checkup is deep."""
    store, last = Store(checkup.settings.originals), ""
    while batch := _named_after(last):
        for named in batch:
            trouble = _trouble(store.path_of(named.sha256), named, deep=checkup.deep)
            if trouble is not None and _is_named(named.sha256):
                kind, words = trouble
                yield Finding(kind, named.image_id, f"{words} {_whose(named)}")
            checkup.advance(named.image_count)
        last = batch[-1].sha256


def _named_after(last: str) -> list[_Named]:
    rows = db.session.execute(
        sa.select(
            Image.sha256,
            sa.func.min(Image.id),
            sa.func.count(),
            sa.func.min(Image.size_bytes),
            sa.func.max(Image.size_bytes),
        )
        .where(Image.sha256 > last)
        .group_by(Image.sha256)
        .order_by(Image.sha256)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return [_Named(row[0] or "", row[1], row[2], row[3], row[4]) for row in rows]


def _is_named(sha256: str) -> bool:
    """Whether a row names it still: somebody may have deleted the image since it was read."""
    found = db.session.scalar(sa.select(Image.number).where(Image.sha256 == sha256).limit(1))
    db.session.rollback()
    return found is not None


def _trouble(path: Path, named: _Named, *, deep: bool) -> tuple[Kind, str] | None:
    try:
        size_bytes = path.stat().st_size
        if not named.least_bytes == size_bytes == named.most_bytes:
            noted = {named.least_bytes, named.most_bytes} - {size_bytes}
            words = f"{path} has {size_bytes:,} bytes, but {max(noted):,} were kept."
            return Kind.DAMAGED_ORIGINAL, words
        if deep and _sha256_of(path) != named.sha256:
            return (
                Kind.DAMAGED_ORIGINAL,
                f"{path} does not hold the bytes that were kept: its SHA-256 differs.",
            )
    except FileNotFoundError:
        return Kind.MISSING_ORIGINAL, f"{path} is missing."
    except OSError as error:
        return Kind.DAMAGED_ORIGINAL, f"{path} cannot be read: {error.strerror}."
    return None


def _sha256_of(path: Path) -> str:
    """What was read is not left in the page cache, where pictures being looked at belong."""
    with path.open("rb", buffering=0) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest


def _whose(named: _Named) -> str:
    if named.image_count == 1:
        return "One image is made of it."
    return f"{named.image_count:,} images are made of it; the first in order of id is named here."
