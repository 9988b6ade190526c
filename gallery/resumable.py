"""How a file that comes in pieces becomes an image: begun, continued, and kept by `ingest.keep`."""

from contextlib import nullcontext
from typing import IO, NamedTuple

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.errors import GalleryError, StorageFull, TooLarge, UnsupportedFile
from gallery.ingest import keep
from gallery.location.geoip import locate
from gallery.media.partial import Checksum, OffsetConflict, OpenPartial, Partial, UploadLocked
from gallery.media.room import require_room
from gallery.models.album import Album
from gallery.models.upload import Result, ResumableUpload, count_open
from gallery.models.user import User
from gallery.particulars import read_particulars


class Progress(NamedTuple):
    """How far an upload is."""

    offset_bytes: int
    numbers_to_process: tuple[int, ...] = ()
    """Of the images that it has just become."""


MAX_OPEN = 1_000
"""Uploads that one person may have begun and not ended; each is a file and a row."""


class TooManyUploads(GalleryError):
    """The person has begun more uploads than one needs."""

    code = "too_many_uploads"
    status = 429


class UploadGone(GalleryError):
    """The upload's time is over, or its bytes are gone."""

    code = "upload_gone"
    status = 410


def begin(
    album: Album,
    user: User,
    length_bytes: int,
    metadata_header: str,
    settings: Settings,
    address: str | None = None,
) -> ResumableUpload:
    """A new upload without bytes, from an IP address. The caller commits.

    Raises what its end would raise, if known now.
    """
    if length_bytes == 0:
        raise UnsupportedFile("This file is empty.")
    if length_bytes > settings.max_upload_bytes:
        raise TooLarge(
            f"The file has more than the {settings.max_upload_bytes:,} bytes that the gallery takes."
        )
    for folder in (settings.incoming_uploads, settings.originals):
        require_room(folder, length_bytes, settings.keep_free_bytes)
    begin_write()
    if count_open(user) >= MAX_OPEN:
        raise TooManyUploads(
            "You have %(most)s unfinished uploads. End some of them, or wait a day.", most=MAX_OPEN
        )
    upload = ResumableUpload(
        album=album,
        user=user,
        length_bytes=length_bytes,
        metadata_header=metadata_header,
        address=address if address and settings.geoip_database else "",
    )
    read_particulars(upload.metadata_fields)
    db.session.add(upload)
    db.session.flush()
    partial_of(upload, settings).create()
    return upload


def append(
    upload: ResumableUpload,
    stream: IO[bytes],
    offset_bytes: int,
    checksum: Checksum | None,
    settings: Settings,
) -> Progress:
    """Add a piece, and keep the file if it was the last. Commits."""
    if not upload.is_open:
        if upload.refusal is None and offset_bytes != upload.length_bytes:
            raise OffsetConflict("This upload is complete.")
        return Progress(upload.length_bytes)
    with _opened(upload, settings) as file:
        db.session.rollback()  # the piece may take minutes, and no transaction must wait for it
        file.append(
            stream, offset_bytes=offset_bytes, checksum=checksum, keep_free_bytes=settings.keep_free_bytes
        )
        return _progress(upload, file, settings)


def settle(upload: ResumableUpload, settings: Settings) -> Progress:
    """How far it is; keeps the file if it was whole and we ended before that could be done. Commits."""
    if not upload.is_open:
        return Progress(upload.length_bytes)
    with _opened(upload, settings) as file:
        return _progress(upload, file, settings)


def abandon(upload: ResumableUpload, settings: Settings) -> None:
    """Forget the upload and its bytes; images made of it stay. Commits."""
    try:
        file = partial_of(upload, settings).open()
    except FileNotFoundError:
        file = None
    with file or nullcontext():
        begin_write()
        db.session.delete(upload)
        db.session.commit()
        if file is not None:
            file.remove()


def partial_of(upload: ResumableUpload, settings: Settings) -> Partial:
    """Where its bytes lie."""
    return Partial(settings.incoming_uploads / upload.id, upload.length_bytes)


def _opened(upload: ResumableUpload, settings: Settings) -> OpenPartial:
    try:
        return partial_of(upload, settings).open()
    except FileNotFoundError:
        db.session.refresh(upload)
        if upload.is_open:
            raise UploadGone("The bytes of this upload are gone. Begin it again.") from None
        raise UploadLocked("This upload was ended a moment ago; ask again.") from None


def _progress(upload: ResumableUpload, file: OpenPartial, settings: Settings) -> Progress:
    numbers = finish(upload, file, settings) if file.is_whole else []
    return Progress(file.size_bytes, tuple(numbers))


def finish(upload: ResumableUpload, file: OpenPartial, settings: Settings) -> list[int]:
    """Keep the whole file, or refuse it for good: the numbers of the images to process. Commits.

    Bytes are kept before the row says so, and removed from here only after it has.
    """
    try:
        said = read_particulars(upload.metadata_fields)
        filename = dict(upload.metadata_fields).get("filename") or "image"
        place = locate(upload.address, settings.geoip_database)
        kept = keep(file.read_from_start(), said.upload(filename, upload.album, upload.user, place), settings)
    except StorageFull:
        raise
    except GalleryError as refusal:
        begin_write()
        upload.refuse(refusal)
        numbers = []
    else:
        result = Result.ADDED if kept.is_new else Result.ALREADY_THERE
        upload.end(result, [image.id for image in kept.images])
        numbers = kept.numbers_to_process
    db.session.commit()
    file.remove()
    return numbers
