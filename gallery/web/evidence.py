"""Chosen images as an evidence pack."""

from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from gallery import current
from gallery.access import person
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.evidence.manifest import MOST_IMAGES, EvidenceInvalid
from gallery.models.audit import record_all
from gallery.models.batch import Batch, BatchItem, Deed
from gallery.models.deed import Deed as Recorded
from gallery.models.image import Image
from gallery.models.scope import of_person
from gallery.web.attachment import attachment
from gallery.web.batches import own_batch
from gallery.web.sessions import sign_in_first

blueprint = Blueprint("evidence", __name__, url_prefix="/batches")
blueprint.before_request(sign_in_first)


@blueprint.get("/<batch_id>/evidence.zip")
def download(batch_id: str) -> ResponseReturnValue:
    """Of a batch's images, as they are now, those that the person may still see."""
    from gallery.evidence.pack import pack  # noqa: PLC0415  # loads public-key cryptography

    batch = own_batch(batch_id)
    if batch.deed is not Deed.EVIDENCE:
        raise NotFound("There is nothing at this address, or it is not yours.")
    if batch.total > MOST_IMAGES:
        raise EvidenceInvalid(f"That is more than {MOST_IMAGES:,} images. Choose fewer for one pack.")
    begin_write()
    record_all(Recorded.EVIDENCE_PACKED, _images(batch))
    db.session.commit()
    found = pack(_images(own_batch(batch_id)), of_person(person()), current.settings(), person().name)
    response = Response(found.stream, content_type="application/zip")
    response.content_length = found.size_bytes
    today = datetime.now(current.settings().time_zone).date()
    response.headers["Content-Disposition"] = attachment(f"evidence {today}.zip")
    response.headers["Cache-Control"] = "no-store"
    return response


def _images(batch: Batch) -> list[Image]:
    chosen = (
        sa.select(Image)
        .join(BatchItem, BatchItem.image_number == Image.number)
        .where(BatchItem.batch_number == batch.number, of_person(person()))
        .order_by(BatchItem.place)
    )
    return list(db.session.scalars(chosen))
