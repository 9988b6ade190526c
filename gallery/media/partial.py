"""A file that arrives in pieces: its size says how much of it is here."""

import fcntl
import hashlib
import os
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from gallery.errors import GalleryError, TooLarge
from gallery.media.room import naming_full_disk, require_room
from gallery.media.store import BLOCK_BYTES, make_folders, sync_folder

CHECKSUM_ALGORITHMS = ("sha1", "sha256", "md5")


class UploadLocked(GalleryError):
    """Somebody else works on the file at this moment."""

    code = "upload_locked"
    status = 423


class OffsetConflict(GalleryError):
    """The piece does not begin where the file ends."""

    code = "offset_conflict"
    status = 409


class ChecksumMismatch(GalleryError):
    """The piece did not arrive as it was sent."""

    code = "checksum_mismatch"
    status = 460


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a piece must come to."""

    algorithm: str
    """One of CHECKSUM_ALGORITHMS."""
    digest: bytes


@dataclass(frozen=True, slots=True)
class Partial:
    """Where such a file lies, and how long it will be."""

    path: Path
    length_bytes: int

    @naming_full_disk()
    def create(self) -> None:
        """An empty file, whose name survives a power cut. Raises StorageFull."""
        make_folders(self.path.parent)
        self.path.touch(exist_ok=False)
        sync_folder(self.path.parent)

    def open(self) -> "OpenPartial":
        """For oneself alone, also among other processes. Raises UploadLocked, and FileNotFoundError."""
        file = FileIO(self.path, "r+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink == 0:  # removed while we waited at the door
                raise FileNotFoundError(self.path)
        except BlockingIOError:
            file.close()
            raise UploadLocked("Another request is sending to this upload; try again in a moment.") from None
        except BaseException:
            file.close()
            raise
        return OpenPartial(self, file)


class OpenPartial:
    """The file, locked until the block ends."""

    def __init__(self, partial: Partial, file: FileIO) -> None:
        self._path, self._length_bytes, self._file = partial.path, partial.length_bytes, file
        self._unverified = partial.path.with_suffix(".unverified")
        self._undo_unverified()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def size_bytes(self) -> int:
        """How many bytes have arrived."""
        return os.fstat(self._file.fileno()).st_size

    @property
    def is_whole(self) -> bool:
        """Whether the last byte has arrived."""
        return self.size_bytes == self._length_bytes

    def read_from_start(self) -> BinaryIO:
        """The file for reading; closed with the block."""
        self._file.seek(0)
        return cast(BinaryIO, self._file)

    def remove(self) -> None:
        """Delete it."""
        self._path.unlink(missing_ok=True)

    @naming_full_disk()
    def append(
        self, stream: IO[bytes], *, offset_bytes: int, checksum: Checksum | None, keep_free_bytes: int
    ) -> None:
        """Add the piece; on return, or when the stream breaks, what has arrived survives a power cut.

        Raises OffsetConflict, ChecksumMismatch and TooLarge, and then the file is as it was; StorageFull.
        """
        start = self.size_bytes
        if offset_bytes != start:
            raise OffsetConflict(f"The upload stands at byte {start:,}, not at {offset_bytes:,}.")
        if checksum is not None:
            self._mark_unverified(start)
        self._file.seek(start)
        try:
            digest = self._copy(stream, checksum, keep_free_bytes)
        except TooLarge:
            self._file.truncate(start)
            raise
        finally:
            os.fsync(self._file.fileno())
        if checksum is not None:
            self._verify(digest, checksum)

    def _copy(self, stream: IO[bytes], checksum: Checksum | None, keep_free_bytes: int) -> bytes:
        hasher = hashlib.new(checksum.algorithm if checksum else "md5", usedforsecurity=False)
        missing_bytes = self._length_bytes - self.size_bytes
        while block := stream.read(min(BLOCK_BYTES, missing_bytes + 1)):
            missing_bytes -= len(block)
            if missing_bytes < 0:
                raise TooLarge("The piece goes beyond the length that the upload was announced with.")
            require_room(self._path.parent, len(block), keep_free_bytes)
            if checksum is not None:
                hasher.update(block)
            rest = memoryview(block)
            while rest:
                rest = rest[self._file.write(rest) :]
        return hasher.digest()

    def _verify(self, digest: bytes, checksum: Checksum) -> None:
        if digest != checksum.digest:
            self._undo_unverified()
            raise ChecksumMismatch("The piece did not arrive as it was sent. Send it again.")
        self._unverified.unlink()

    def _mark_unverified(self, start: int) -> None:
        """Note on the disk where the bytes begin that must not count if we end before they are verified."""
        self._unverified.write_text(str(start))
        sync_folder(self._path.parent)

    def _undo_unverified(self) -> None:
        if not self._unverified.exists():
            return
        start = self._unverified.read_text()
        if start:  # else we ended while it was written, and before any byte
            self._file.truncate(int(start))
            os.fsync(self._file.fileno())
        self._unverified.unlink()
