"""Images as programs read them one by one or in lists: cut out of the stored documents."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from gallery.db import db
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.prepared import Prepared
from gallery.present import order
from gallery.present.sync_document import join


class StoredRecord(NamedTuple):
    """The bytes of one, and which change they are of."""

    body: bytes
    seq: int


class RecordPage(NamedTuple):
    """An array of them, and the place that the next page begins after."""

    body: bytes
    last: order.Place | None
    """None: there are no more."""


def stored_record(image: Image) -> StoredRecord:
    """What is stored of an image that is not in the trash."""
    ((body, seq),) = _STORED.rows_on(db.session.connection(), image_id=image.id)
    return StoredRecord(plain(body or b""), seq)


_STORED = Prepared(
    sa.select(SyncDocument.body, SyncDocument.seq).where(SyncDocument.image_id == sa.bindparam("image_id"))
)


def stored_records(images: Sequence[Image]) -> bytes:
    """The array of the records of these images, in this order."""
    ids = [image.id for image in images]
    rows = db.session.execute(
        sa.select(SyncDocument.image_id, SyncDocument.body).where(SyncDocument.image_id.in_(ids))
    )
    bodies = {image_id: body for image_id, body in rows if body is not None}
    return join(plain(bodies[image_id]) for image_id in ids if image_id in bodies)


def record_page(condition: Condition, after: order.Place | None, limit: int) -> RecordPage:
    """The first records whose images pass, or the first after a place, in the order of grids."""
    query = (
        sa.select(*order.ORDER, SyncDocument.body)
        .join(SyncDocument, SyncDocument.image_id == Image.id)
        .where(condition, SyncDocument.deleted_at.is_(None))
        .order_by(*order.ORDER)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(order.after(after))
    rows = db.session.execute(query).all()
    shown = rows[:limit]
    last = order.Place(*shown[-1][:-1]) if len(rows) > limit else None
    return RecordPage(join(plain(row[-1] or b"") for row in shown), last)


def plain(document: bytes) -> bytes:
    """The document without `tag_names` and `user_sfid`, which only the sync API has.

    Both stand between keys of the record itself: inside a text each quotation mark is escaped, and nothing
    that stands behind them has keys of a stranger's.
    """
    document = bytes(document)
    start = document.rindex(b',"tag_names":')
    return document[:start] + document[document.rindex(b',"thumbnails":') :]
