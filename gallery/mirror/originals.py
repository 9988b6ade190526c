"""The originals of mirrored images."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.errors import GalleryError, TooLarge, UnsupportedFile
from gallery.media.format import HEAD_BYTES, sniff
from gallery.media.room import naming_full_disk
from gallery.media.store import Store
from gallery.mirror.pulling import Progress
from gallery.mirror.remote import Remote, RemoteFailed
from gallery.models.image import Image
from gallery.models.origin import find_or_add

BATCH = 100


class WrongOriginal(GalleryError):
    """What came is not the file that the record describes."""

    code = "wrong_original"
    status = 502


@dataclass(slots=True)
class Fetched:
    """What fetching originals did."""

    files: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    """(image id, reason)."""


def missing(remote: Remote) -> int:
    """How many of the mirrored images have no original here."""
    begin_write()
    origin = find_or_add(remote.url)
    count = db.session.scalar(
        sa.select(sa.func.count()).where(Image.origin_number == origin.number, Image.sha256.is_(None))
    )
    db.session.commit()
    return count or 0


@naming_full_disk()
def fetch_originals(remote: Remote, settings: Settings, fetched: Fetched, progress: Progress) -> None:
    """Fetch every original that is missing here, and check it against its record. Commits file by file.

    What cannot be had now is named, and tried again the next time. Raises RemoteFailed or StorageFull.
    """
    last = 0
    while numbers := _next(remote, last):
        last = max(numbers)
        ids = db.session.scalars(sa.select(Image.id).where(Image.number.in_(numbers))).all()
        db.session.rollback()
        for record in remote.records(ids):
            if isinstance(record, dict) and record.get("id") in ids:
                _fetch_one(remote, record, settings, fetched)
        progress(len(numbers))


def _next(remote: Remote, last: int) -> list[int]:
    origin = find_or_add(remote.url)
    return list(
        db.session.scalars(
            sa.select(Image.number)
            .where(Image.origin_number == origin.number, Image.sha256.is_(None), Image.number > last)
            .order_by(Image.number)
            .limit(BATCH)
        )
    )


def _fetch_one(remote: Remote, record: dict[str, Any], settings: Settings, fetched: Fetched) -> None:
    store = Store(settings.originals)
    try:
        with TemporaryFile(dir=store.incoming_folder()) as file:
            remote.fetch(str(record.get("original_url")), file, settings.max_upload_bytes)
            file.seek(0)
            _keep(file, record, store, settings)
    except (RemoteFailed, WrongOriginal, UnsupportedFile, TooLarge) as error:
        fetched.failed.append((record["id"], str(error)))
    else:
        fetched.files += 1


def _keep(file: BinaryIO, record: dict[str, Any], store: Store, settings: Settings) -> None:
    with store.receive(
        file, max_bytes=settings.max_upload_bytes, keep_free_bytes=settings.keep_free_bytes
    ) as incoming:
        _require_described(incoming.path, incoming.md5, incoming.size_bytes, record)
        store.keep(incoming)
        begin_write()
        db.session.execute(
            sa.update(Image)
            .where(Image.id == record["id"], Image.sha256.is_(None))
            .values(sha256=incoming.sha256)
        )
        db.session.commit()


def _require_described(path: Path, md5: str, size_bytes: int, record: dict[str, Any]) -> None:
    infos = record.get("infos") or {}
    if size_bytes != infos.get("bytes", size_bytes) or md5 != infos.get("etag", md5):
        raise WrongOriginal("its original is not the file that its record describes.")
    with path.open("rb") as file:
        if sniff(file.read(HEAD_BYTES)).value != record.get("format"):
            raise WrongOriginal("its original is of another format than its record says.")
