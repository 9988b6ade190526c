"""Where originals lie: under their SHA-256, written once, never changed."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gallery.errors import TooLarge
from gallery.media.room import require_room

BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A received file, complete on the disk but not yet in its place."""

    path: Path
    sha256: str
    md5: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of originals: `ab/cd/<sha256>`, and `incoming/` for what is being received."""

    folder: Path

    def path_of(self, sha256: str) -> Path:
        """Where the original with this digest lies."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    @contextmanager
    def receive(self, stream: BinaryIO, *, max_bytes: int, keep_free_bytes: int = 0) -> Iterator[Incoming]:
        """Read the stream to a temporary file, which is gone at the end unless `keep` moved it.

        Raises TooLarge as soon as there are more than `max_bytes`, and StorageFull as soon as less than
        `keep_free_bytes` would stay free.
        """
        path = self.incoming_folder() / secrets.token_hex(16)
        try:
            yield _copy(stream, path, max_bytes, keep_free_bytes)
        finally:
            path.unlink(missing_ok=True)

    def incoming_folder(self) -> Path:
        """Where files lie while they are being received; made if there is none."""
        folder = self.folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def keep(self, incoming: Incoming) -> Path:
        """Move the file to its place for good: on return its bytes and its name survive a power cut."""
        target = self.path_of(incoming.sha256)
        if not target.exists():
            make_folders(target.parent)
            incoming.path.replace(target)
        sync_folder(target.parent)
        return target

    def remove(self, sha256: str) -> None:
        """Delete the original for good; one that is gone already is nobody's error."""
        self.path_of(sha256).unlink(missing_ok=True)


def _copy(stream: BinaryIO, path: Path, max_bytes: int, keep_free_bytes: int) -> Incoming:
    sha256, md5, size_bytes = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    with path.open("xb") as file:
        while block := stream.read(BLOCK_BYTES):
            size_bytes += len(block)
            if size_bytes > max_bytes:
                raise TooLarge(
                    "The file has more than the %(most)s bytes that the gallery takes.", most=max_bytes
                )
            require_room(path.parent, len(block), keep_free_bytes)
            sha256.update(block)
            md5.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return Incoming(path, sha256.hexdigest(), md5.hexdigest(), size_bytes)


def make_folders(folder: Path) -> None:
    """Make the folder and those above it, each durable in its own parent."""
    if folder.exists():
        return
    make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
