"""Whether database, originals, documents, flags and renditions agree; repair puts right what it can.

Every check is a generator of findings that reads in batches, so that a million images need no more memory
than a few hundred. Others may go on uploading meanwhile: what looks wrong is looked at again before it is
named. Repair never deletes an original or a row.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from gallery.checkup.documents import orphaned_documents, stale_documents
from gallery.checkup.finding import Checkup, Finding
from gallery.checkup.flags import stale_flags
from gallery.checkup.originals import missing_or_damaged_originals
from gallery.checkup.orphans import leftovers, orphaned_originals
from gallery.checkup.processing import unprocessed_images
from gallery.checkup.renditions import missing_or_damaged_renditions
from gallery.db import db
from gallery.models.document import SyncDocument
from gallery.models.image import Image


def examine(checkup: Checkup) -> Iterator[Finding]:
    """Everything that is wrong, in this order. Repairs as it goes, if it is to, and commits then."""
    yield from missing_or_damaged_originals(checkup)
    yield from orphaned_originals(checkup)
    yield from leftovers(checkup)
    yield from stale_documents(checkup)
    yield from orphaned_documents(checkup)
    yield from stale_flags(checkup)
    yield from missing_or_damaged_renditions(checkup)
    yield from unprocessed_images(checkup)


def step_count() -> int:
    """How far `examine` will advance, nearly: rows and files are not counted one by one beforehand."""
    images = db.session.scalar(sa.select(sa.func.count()).select_from(Image)) or 0
    documents = db.session.scalar(sa.select(sa.func.count()).select_from(SyncDocument)) or 0
    db.session.rollback()
    return 5 * images + documents
