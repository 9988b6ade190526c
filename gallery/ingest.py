"""How a file becomes an image: its bytes are kept, then its rows are recorded."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.trash import bring_back
from gallery.media.child import in_child
from gallery.media.format import Format, sniff
from gallery.media.room import naming_full_disk
from gallery.media.store import Incoming, Store
from gallery.models import tag
from gallery.models.album import Album
from gallery.models.audit import Deed, acting, record_all
from gallery.models.event import Event, announce
from gallery.models.image import Image, now
from gallery.models.lock import lock_images, open_album
from gallery.models.text import storable
from gallery.models.trash import same_content
from gallery.original import limits_of
from gallery.present.sync_document import write_documents
from gallery.review.flagging import flag_again
from gallery.upload import Upload

if TYPE_CHECKING:
    from gallery.media.header import Size

__all__ = ["Kept", "Upload", "keep", "keep_file"]


@dataclass(frozen=True, slots=True)
class Kept:
    """The images of a file: one a page, in order."""

    images: list[Image]
    is_new: bool
    """False: the album had all of them of a file of the same bytes, be it in the trash."""
    numbers_to_process: list[int]
    """Of those that nobody has processed and the queue does not know."""


@naming_full_disk()
def keep(stream: BinaryIO, upload: Upload, settings: Settings) -> Kept:
    """Keep a file and record its images. The caller commits; until then nobody sees them.

    What the album has of the same bytes is not recorded again, and is brought back from the trash.
    On return the original survives a power cut. Raises UnsupportedFile, CorruptFile, TooLarge, Busy,
    StorageFull or, where the album is gone, NotFound, and leaves nothing behind. Starts a writing
    transaction of its own.
    """
    store = Store(settings.originals)
    with store.receive(
        stream, max_bytes=settings.max_upload_bytes, keep_free_bytes=settings.keep_free_bytes
    ) as incoming:
        format, pages, frames = _recognise(incoming, settings)
        begin_write()
        open_album(upload.album)
        present, returned = _present(incoming.sha256, upload.album, settings)
        store.keep(incoming)
        missing = [page for page in range(1, len(pages) + 1) if page not in present]
        group_id = next((image.group_id for image in present.values()), None) or _group_id(pages)
        new = _record(incoming, format, pages, missing, frames, group_id, upload, settings) if missing else []
    images = sorted([*present.values(), *new], key=lambda image: image.page or 1)
    to_process = [image.number for image in (*new, *returned) if not image.processed]
    return Kept(images, bool(new), to_process)


def keep_file(path: Path, upload: Upload, settings: Settings) -> Kept:
    """Keep a file that lies in a folder."""
    with path.open("rb") as stream:
        return keep(stream, upload, settings)


def _recognise(incoming: Incoming, settings: Settings) -> tuple[Format, list["Size"], int]:
    """The format, the size of each page, and the number of frames."""
    from gallery.media.header import count_frames, read_header  # noqa: PLC0415  # loads libvips

    with incoming.path.open("rb") as file:
        format = sniff(file.read(4096))
    limits = limits_of(settings)
    pages = in_child(limits, read_header, incoming.path, format, max_pixels=settings.max_pixels)
    return format, pages, in_child(limits, count_frames, incoming.path, format)


def _present(sha256: str, album: Album, settings: Settings) -> tuple[dict[int, Image], list[Image]]:
    """By page the album's first image of these bytes, and those of them that came back from the trash."""
    found = db.session.scalars(same_content(sha256, album)).all()
    if any(image.trashed_at for image in found):
        lock_images(image.number for image in found)
        found = db.session.scalars(same_content(sha256, album)).all()
    present: dict[int, Image] = {}
    for image in sorted(found, key=lambda image: image.trashed_at is not None):
        present.setdefault(image.page or 1, image)
    returned = [image for image in present.values() if image.trashed_at is not None]
    if returned:
        bring_back(returned, settings)
    return present, returned


def _group_id(pages: list["Size"]) -> str | None:
    return str(uuid.uuid4()) if len(pages) > 1 else None


def _record(
    incoming: Incoming,
    format: Format,
    pages: list["Size"],
    missing: list[int],
    frames: int,
    group_id: str | None,
    upload: Upload,
    settings: Settings,
) -> list[Image]:
    uploaded_at = upload.uploaded_at or now()
    images = [
        Image(
            album=upload.album,
            uploader=upload.uploader,
            ip_country=upload.address_place.country or None if upload.address_place else None,
            user_sfid=upload.uploader.sfid if upload.uploader else None,
            created_at=uploaded_at,
            updated_at=uploaded_at,
            sha256=incoming.sha256,
            size_bytes=incoming.size_bytes,
            format=format.value,
            page=page,
            group_id=group_id,
            filename=upload.stem,
            infos=_infos(incoming, format, pages[page - 1], len(pages), frames, upload, uploaded_at),
            metadatas=dict(upload.metadatas),
            title=None if upload.title is None else storable(upload.title),
            description=None if upload.description is None else storable(upload.description),
            original_width_px=pages[page - 1].width_px,
            original_height_px=pages[page - 1].height_px,
            delivery_version=int(uploaded_at.timestamp()),
        )
        for page in missing
    ]
    for image in images:
        image.claims = upload.claims(uploaded_at)
        image.derive_position(settings.gps_precedence)
    db.session.add_all(images)
    db.session.flush()
    files = {image.number: _said(image) for image in images}
    record_all(Deed.IMAGE_ADDED, images, actor=acting() or upload.uploader, details=files)
    for image in images:
        tag.put_on(image, upload.tags)
    flag_again(images, settings)
    write_documents(images, settings)
    announce(Event.NEW_IMAGE, images)
    return images


def _said(image: Image) -> dict[str, Any]:
    """What the audit chain keeps of a file that came."""
    names = ("filename", "format", "size_bytes", "sha256", "page")
    return {name: getattr(image, name) for name in names}


def _infos(
    incoming: Incoming,
    format: Format,
    size: "Size",
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
