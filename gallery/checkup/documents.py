"""Every image has its document, to the byte, and every document its image."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from gallery.checkup.finding import Checkup, Finding, Kind
from gallery.config import Settings
from gallery.db import begin_snapshot, begin_write, db
from gallery.models import tag
from gallery.models.document import SyncDocument, take_seqs
from gallery.models.image import Image, now
from gallery.models.lock import begin_with_images
from gallery.present.links import Links
from gallery.present.sync_document import encode, sync_record, write_documents

BATCH = 200


def stale_documents(checkup: Checkup) -> Iterator[Finding]:
    """Documents that are not what would be written now; repair writes them."""
    last = 0
    while True:
        begin_snapshot()
        images = _images(Image.number > last)
        if not images:
            break
        last = images[-1].number
        wrong = _wrong_among(images, checkup.settings)
        numbers = [image.number for image in images if image.id in wrong]
        count = len(images)
        db.session.rollback()
        db.session.expunge_all()
        if checkup.repair and numbers:
            _rewrite(numbers, checkup.settings)
        for image_id, sentence in wrong.items():
            yield Finding(Kind.STALE_DOCUMENT, image_id, sentence, repaired=checkup.repair)
        checkup.advance(count)
    db.session.rollback()


def orphaned_documents(checkup: Checkup) -> Iterator[Finding]:
    """Documents of no image; repair notes the image as deleted, as a deletion would have."""
    last = ""
    while batch := _orphaned_after(last):
        if checkup.repair:
            _note_deleted(batch)
        for image_id in batch:
            yield Finding(
                Kind.ORPHANED_DOCUMENT,
                image_id,
                "The sync API answers a record of it, but there is no such image.",
                repaired=checkup.repair,
            )
        last = batch[-1]
    db.session.rollback()
    checkup.advance(db.session.scalar(sa.select(sa.func.count()).select_from(SyncDocument)) or 0)


def _images(*conditions: sa.ColumnElement[bool]) -> Sequence[Image]:
    return db.session.scalars(sa.select(Image).where(*conditions).order_by(Image.number).limit(BATCH)).all()


def _wrong_among(images: Sequence[Image], settings: Settings) -> dict[str, str]:
    """By image id what is wrong with its document."""
    ids = [image.id for image in images]
    stored = {
        document.image_id: document
        for document in db.session.scalars(sa.select(SyncDocument).where(SyncDocument.image_id.in_(ids)))
    }
    names, links = tag.names_on([image.number for image in images]), Links(settings)
    wrong = {}
    for image in images:
        body = encode(sync_record(image, names[image.number], links, settings.time_zone))
        if sentence := _difference(stored.get(image.id), image, body):
            wrong[image.id] = sentence
    return wrong


def _difference(document: SyncDocument | None, image: Image, body: bytes) -> str | None:
    if document is None:
        return "The image has no document: the sync API leaves it out."
    if image.trashed_at is not None:
        is_withdrawn = document.deleted_at == image.trashed_at and document.body is None
        return None if is_withdrawn else "The image lies in the trash, and its document does not say so."
    if document.deleted_at is not None or document.body is None:
        return "The image is there, but its document says that it is deleted."
    if bytes(document.body) != body:
        return "The document is not what would be written now."
    noted = (document.album_number, document.position, document.created_at)
    if noted != (image.album_number, image.position, image.created_at):
        return "The document stands in another place than its image."
    return None


def _rewrite(numbers: list[int], settings: Settings) -> None:
    write_documents(begin_with_images(numbers), settings)
    db.session.commit()
    db.session.expunge_all()


def _orphans() -> sa.Select[str]:
    return sa.select(SyncDocument.image_id).where(
        SyncDocument.deleted_at.is_(None), ~sa.exists().where(Image.id == SyncDocument.image_id)
    )


def _orphaned_after(last: str) -> Sequence[str]:
    found = _orphans().where(SyncDocument.image_id > last).order_by(SyncDocument.image_id).limit(BATCH)
    ids = db.session.scalars(found).all()
    db.session.rollback()
    return ids


def _note_deleted(image_ids: Sequence[str]) -> None:
    begin_write()
    for image_id in db.session.scalars(_orphans().where(SyncDocument.image_id.in_(image_ids))).all():
        (seq,) = take_seqs(1)
        document = db.session.get_one(SyncDocument, image_id)
        document.seq, document.deleted_at, document.body = seq, now(), None
    db.session.commit()
    db.session.expunge_all()
