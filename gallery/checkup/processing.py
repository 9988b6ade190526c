"""Images whose background pass never came, or came when the original was away; repair queues them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import sqlalchemy as sa

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.db import begin_write, db
from gallery.media.store import Store
from gallery.models.image import Image, now, untrashed
from gallery.original import MISSING
from gallery.present.sync_document import write_documents

BATCH = 500
PATIENCE = timedelta(hours=1)
"""An image that waits no longer than this is in the queue's good hands."""


def unprocessed_images(checkup: Checkup) -> Iterator[Finding]:
    """Those that wait too long, and those whose original is back."""
    store, last = Store(checkup.settings.originals), 0
    while rows := _unprocessed_after(last):
        for number, image_id, sha256, error in rows:
            if error is not None and not store.path_of(sha256).exists():
                continue
            if checkup.repair:
                process_again(number, checkup)
            sentence = (
                f"It has waited to be processed for more than {PATIENCE.seconds // 60} minutes."
                if error is None
                else "Its original was missing when it was processed, and is there now."
            )
            yield Finding(Kind.UNPROCESSED, image_id, sentence, repaired=checkup.repair)
        last = rows[-1][0]


def process_again(number: int, checkup: Checkup) -> None:
    """Let the row say that it waits, for the queue may forget; then queue it. Commits."""
    begin_write()
    image = db.session.get(Image, number, with_for_update={"of": Image})
    if image is None:
        db.session.rollback()
        return
    image.processed, image.processing_error, image.updated_at = False, None, now()
    write_documents([image], checkup.settings)
    db.session.commit()
    db.session.expunge_all()
    checkup.queue(number)


def _unprocessed_after(last: int) -> Sequence[tuple[int, str, str, str | None]]:
    waits_too_long = sa.and_(Image.processing_error.is_(None), Image.updated_at < now() - PATIENCE)
    rows = db.session.execute(
        sa.select(Image.number, Image.id, Image.sha256, Image.processing_error)
        .where(Image.number > last, sa.not_(Image.processed), Image.sha256.is_not(None), untrashed())
        .where(sa.or_(waits_too_long, Image.processing_error == MISSING))
        .order_by(Image.number)
        .limit(BATCH)
    ).all()
    db.session.rollback()
    return [(number, image_id, sha256 or "", error) for number, image_id, sha256, error in rows]
