"""Originals as one ZIP file whose length is known before its first byte is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa
from zipstream import ZipStream

from gallery.config import Settings
from gallery.db import db
from gallery.media.store import Store
from gallery.models.batch import Batch, BatchItem
from gallery.models.image import Image
from gallery.models.scope import Condition


@dataclass(frozen=True, slots=True)
class Archive:
    """The same files in the same order are the same bytes."""

    stream: ZipStream
    etag: str
    size_bytes: int

    def chunks(self, start: int = 0) -> Iterator[bytes]:
        """The bytes from this one on; those before it are read, since the end names their checksums."""
        place = 0
        for chunk in self.stream:
            place += len(chunk)
            if place > start:
                yield chunk[max(0, len(chunk) - (place - start)) :]


def archive(batch: Batch, condition: Condition, settings: Settings) -> Archive:
    """Of those of its images that pass the condition and have their file here, in the batch's order.

    The pages of a file are one file.
    """
    store, names = Store(settings.originals), Names()
    stream, mark = ZipStream(sized=True), sha256()
    rows = db.session.execute(
        sa.select(Image.sha256, Image.filename, Image.format)
        .join(BatchItem, BatchItem.image_number == Image.number)
        .where(BatchItem.batch_number == batch.number, Image.sha256.is_not(None), condition)
        .order_by(BatchItem.place)
    )
    for content, filename, format in dict.fromkeys(rows):
        path = store.path_of(content or "")
        if not path.is_file():
            continue
        name = names.free(filename, format)
        stream.add_path(str(path), name, recurse=False)
        mark.update(f"{content}/{name}\n".encode())
    return Archive(stream, mark.hexdigest(), len(stream))


class Names:
    """Gives every file a name of its own that any system can unpack."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def free(self, stem: str, extension: str) -> str:
        """The name, with a number in brackets where an earlier file has it."""
        stem = _UNSAFE.sub("_", stem).strip(". ")[:150] or "image"
        for nth in range(1, len(self._given) + 2):
            name = f"{stem}.{extension}" if nth == 1 else f"{stem} ({nth}).{extension}"
            if name.casefold() not in self._given:
                break
        self._given.add(name.casefold())
        return name


_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*]')
