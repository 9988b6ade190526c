"""An upload as a browser's form sends it: one file, and fields about it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from gallery.config import Settings
from gallery.errors import GalleryError, TooLarge
from gallery.media.room import naming_full_disk, require_room
from gallery.media.store import Store
from gallery.particulars import Particulars, read_particulars

FIELDS_BYTES = 1024 * 1024
"""How much a form may hold beside its file."""
MAX_PARTS = 1_000


class BadForm(GalleryError):
    """The body breaks off, or is no form."""

    code = "bad_form"


class NoFile(GalleryError):
    """The form has no file."""

    code = "no_file"
    status = 422


@dataclass(frozen=True, slots=True)
class UploadForm:
    """The form, read to its end."""

    stream: BinaryIO
    filename: str
    particulars: Particulars


@contextmanager
def received_form(settings: Settings) -> Iterator[UploadForm]:
    """Read the request's body; its file lies nameless on the originals' disk until the block ends.

    Raises TooLarge, StorageFull, BadForm, NoFile, and what `read_particulars` raises.
    """
    _refuse_in_advance(settings)
    with ExitStack() as files:
        form, received = _parse(Store(settings.originals).incoming_folder(), files)
        file = received.get("file")
        if file is None:
            raise NoFile("Send the picture as `file` in a multipart/form-data body.")
        named = [(name, value) for name, value in form.items(multi=True) if name]  # a part may have none
        particulars = read_particulars(named)
        yield UploadForm(cast(BinaryIO, file.stream), file.filename or "", particulars)


def _refuse_in_advance(settings: Settings) -> None:
    """What the headers say is enough to refuse by. The file is on the disk twice while it is kept."""
    request.max_content_length = settings.max_upload_bytes + FIELDS_BYTES
    size_bytes = request.content_length or 0
    if size_bytes > request.max_content_length:
        raise TooLarge(
            f"The file has more than the {settings.max_upload_bytes:,} bytes that the gallery takes."
        )
    require_room(settings.originals, 2 * size_bytes, settings.keep_free_bytes)


def _parse(folder: Path, files: ExitStack) -> tuple[MultiDict[str, str], MultiDict[str, FileStorage]]:
    def spool(*_: object, **__: object) -> IO[bytes]:
        file = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by `files`
        files.callback(_close, file)
        return file

    parser = FormDataParser(
        stream_factory=spool, max_form_memory_size=FIELDS_BYTES, max_form_parts=MAX_PARTS, silent=False
    )
    try:
        with naming_full_disk():
            _, form, received = parser.parse(
                request.stream, request.mimetype, request.content_length, request.mimetype_params
            )
    except RequestEntityTooLarge:
        raise TooLarge("The form has more bytes or fields than the gallery takes.") from None
    except ValueError:
        raise BadForm("The form cannot be read; it may have broken off.") from None
    return form, received


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # on a full disk what is still in memory cannot be written, nor need it
        file.close()
