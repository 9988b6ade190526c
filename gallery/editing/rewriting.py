"""The album or the tags of many images change in one transaction, and with them their documents."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, load_only

from gallery.config import Settings
from gallery.db import db
from gallery.models.event import Event, announce
from gallery.models.image import Image, now
from gallery.present.document_amending import amend_documents

BATCH = 500
UPDATED = ((Event.UPDATED_IMAGE, None),)
Told = Sequence[tuple[Event, str | None]]
"""What is announced of each image: the event, and the name of a tag."""


def rewrite(numbers: Sequence[int], settings: Settings, told: Told = UPDATED) -> None:
    """Let the documents of these images, which are locked and whose rows have been changed, say so.

    Memory does not grow with their number. What lies in the trash is not announced.
    """
    moment = now()
    for start in range(0, len(numbers), BATCH):
        chunk = numbers[start : start + BATCH]
        changed = sa.update(Image).where(Image.number.in_(chunk)).values(updated_at=moment)
        db.session.execute(changed.execution_options(synchronize_session=False))
        images = _images(chunk)
        amend_documents(images, settings)
        shown = [image for image in images if image.trashed_at is None]
        for event, tag_name in told:
            announce(event, shown, tag_name=tag_name)
        for image in images:
            db.session.expunge(image)


def _images(numbers: Sequence[int]) -> Sequence[Image]:
    """With the few columns that are needed; the others are loaded where somebody asks for them."""
    where_it_is = load_only(Image.id, Image.album_number, Image.position, Image.trashed_at)
    when_it_came = load_only(Image.created_at, Image.updated_at)
    return db.session.scalars(
        sa.select(Image)
        .where(Image.number.in_(numbers))
        .order_by(Image.number)
        .options(where_it_is, when_it_came, lazyload(Image.album), lazyload(Image.claims))
        .execution_options(populate_existing=True)
    ).all()
