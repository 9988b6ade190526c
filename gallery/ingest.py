"""How a file becomes an image: its bytes are kept, then its rows are recorded."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.media.child import in_child
from gallery.media.format import Format, sniff
from gallery.media.header import Size, count_frames, read_header
from gallery.media.room import naming_full_disk
from gallery.media.store import Incoming, Store
from gallery.models import tag
from gallery.models.image import Image, now, same_content
from gallery.models.text import storable
from gallery.original import limits_of
from gallery.present.sync_document import write_documents
from gallery.upload import Upload

__all__ = ["Kept", "Upload", "keep", "keep_file"]


@dataclass(frozen=True, slots=True)
class Kept:
    """The images of a file: one a page, in order."""

    images: list[Image]
    is_new: bool
    """False: the album had a file of the same bytes, and these are its images."""

    @property
    def numbers_to_process(self) -> list[int]:
        """Of the images that are new."""
        return [image.number for image in self.images] if self.is_new else []


@naming_full_disk()
def keep(stream: BinaryIO, upload: Upload, settings: Settings) -> Kept:
    """Keep a file and record its images. The caller commits; until then nobody sees them.

    On return the original survives a power cut. Raises UnsupportedFile, CorruptFile, TooLarge, Busy or
    StorageFull, and leaves nothing behind. Starts a writing transaction of its own.
    """
    store = Store(settings.originals)
    with store.receive(
        stream, max_bytes=settings.max_upload_bytes, keep_free_bytes=settings.keep_free_bytes
    ) as incoming:
        format, pages, frames = _recognise(incoming, settings)
        begin_write()
        db.session.refresh(upload.album, with_for_update=True)  # of two that bring the same file, one waits
        present = db.session.scalars(same_content(incoming.sha256, upload.album)).all()
        store.keep(incoming)
        if present:
            return Kept(list(present), is_new=False)
        return Kept(_record(incoming, format, pages, frames, upload, settings), is_new=True)


def keep_file(path: Path, upload: Upload, settings: Settings) -> Kept:
    """Keep a file that lies in a folder."""
    with path.open("rb") as stream:
        return keep(stream, upload, settings)


def _recognise(incoming: Incoming, settings: Settings) -> tuple[Format, list[Size], int]:
    """The format, the size of each page, and the number of frames."""
    with incoming.path.open("rb") as file:
        format = sniff(file.read(4096))
    limits = limits_of(settings)
    pages = in_child(limits, read_header, incoming.path, format, max_pixels=settings.max_pixels)
    return format, pages, in_child(limits, count_frames, incoming.path, format)


def _record(
    incoming: Incoming, format: Format, pages: list[Size], frames: int, upload: Upload, settings: Settings
) -> list[Image]:
    uploaded_at = upload.uploaded_at or now()
    group_id = str(uuid.uuid4()) if len(pages) > 1 else None
    images = [
        Image(
            album=upload.album,
            uploader=upload.uploader,
            user_sfid=upload.uploader.sfid if upload.uploader else None,
            created_at=uploaded_at,
            updated_at=uploaded_at,
            sha256=incoming.sha256,
            size_bytes=incoming.size_bytes,
            format=format.value,
            page=page,
            group_id=group_id,
            filename=upload.stem,
            infos=_infos(incoming, format, size, len(pages), frames, upload, uploaded_at),
            metadatas=dict(upload.metadatas),
            title=None if upload.title is None else storable(upload.title),
            description=None if upload.description is None else storable(upload.description),
            original_width_px=size.width_px,
            original_height_px=size.height_px,
            delivery_version=int(uploaded_at.timestamp()),
        )
        for page, size in enumerate(pages, start=1)
    ]
    for image in images:
        image.claims = upload.claims(uploaded_at)
        image.derive_position(settings.gps_precedence)
    db.session.add_all(images)
    db.session.flush()
    for image in images:
        tag.put_on(image, upload.tags)
    write_documents(images, settings)
    return images


def _infos(
    incoming: Incoming,
    format: Format,
    size: Size,
    pages: int,
    frames: int,
    upload: Upload,
    uploaded_at: datetime,
) -> dict[str, Any]:
    """What the upload answers, in the order of the contract's keys."""
    infos: dict[str, Any] = {
        "bytes": incoming.size_bytes,
        "created_at": uploaded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "etag": incoming.md5,
        "format": format.value,
        "height": size.height_px,
        "resource_type": "image",
        "tags": [upload.album.id],
        "type": "authenticated",
        "width": size.width_px,
        "original_filename": upload.stem,
    }
    if pages > 1:
        infos["pages"] = pages
    if frames > 1:
        infos["frames"] = frames
    if upload.location is not None:
        infos["location"] = dict(upload.location)
    return infos
