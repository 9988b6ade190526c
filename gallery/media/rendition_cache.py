"""The kept renditions of one page: found by name, proved by a checksum, made once however many ask.

`300.jpg` lies as `300-1a2b3c4d.jpg`, the last being the CRC-32 of the bytes. A name puts no metadata into
the picture, needs no second file, and arrives with the bytes in one move. Every reading proves the bytes (a
quarter of a millisecond for a megabyte, and they are read anyway), so nothing cut, zeroed or flipped is ever
served. Writing does without fsync for that reason: what a power cut tore is noticed and made again.
"""

import contextlib
import logging
import os
import re
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gallery.media.single_flight import alone

TOUCHED_EVERY_S = 3600
log = logging.getLogger(__name__)
_CHECKSUM = re.compile(r"-([0-9a-f]{8})\Z")


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture as it lies in the cache."""

    name: str
    """Without its checksum."""
    content: bytes
    checksum: str
    is_new: bool = False
    """Made just now, by this call."""

    @property
    def etag(self) -> str:
        """Says which bytes these are, also after they were made again."""
        return f"{self.name}-{self.checksum}"


def find(folder: Path, name: str) -> Rendition | None:
    """The rendition of this name, whole; None where there is none, or only a damaged one."""
    for path, checksum in _versions(folder, name):
        content = _read(path)
        if content is not None and _checksum(content) == checksum:
            return Rendition(name, content, checksum)
        if content is not None:
            log.warning("the rendition %s is damaged and will be made again", path)
    return None


def fetch(folder: Path, name: str, make: Callable[[], bytes]) -> Rendition:
    """The rendition; where it is missing or damaged, what `make` gives, which is then kept.

    Of many who ask at once, in any thread or process, one makes it and the others wait. A picture that cannot
    be written is still answered. Raises what `make` raises.
    """
    found = find(folder, name)
    if found is not None:
        return found
    with alone(folder / f".{name}.lock"):
        return find(folder, name) or _made(folder, name, make())


def path_of(folder: Path, name: str) -> Path:
    """Where the rendition of this name lies, whole or damaged. Raises FileNotFoundError."""
    for path, _ in _versions(folder, name):
        return path
    raise FileNotFoundError(folder / name)


def place_of(folder: Path, found: Rendition) -> Path:
    """Where these very bytes lie."""
    return _place(folder, found.name, found.checksum)


def is_proved(path: Path) -> bool:
    """Whether the file's bytes are those that its name claims; looking is no use of it."""
    claimed = _CHECKSUM.search(path.stem)
    return claimed is not None and _checksum(path.read_bytes()) == claimed[1]


def put(folder: Path, name: str, content: bytes) -> bool:
    """Write beside, then move into place: under the final name is the whole file or none.

    Whether other bytes lay there before.
    """
    path = _place(folder, name, _checksum(content))
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, part_name = tempfile.mkstemp(dir=folder, prefix=f".{name}.", suffix=".part")
    part = Path(part_name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    others = [other for other, _ in _versions(folder, name) if other != path]
    for other in others:
        other.unlink(missing_ok=True)
    return bool(others)


def forget_all_but(folder: Path, names: Iterable[str]) -> None:
    """Delete every other rendition, which will be made again when it is asked for."""
    kept = {path for name in names for path, _ in _versions(folder, name)}
    for path in folder.iterdir():
        if path not in kept and _CHECKSUM.search(path.stem):
            path.unlink(missing_ok=True)


def _made(folder: Path, name: str, content: bytes) -> Rendition:
    try:
        put(folder, name, content)
    except OSError as error:
        log.warning("a rendition could not be kept: %s", error)
    return Rendition(name, content, _checksum(content), is_new=True)


def _place(folder: Path, name: str, checksum: str) -> Path:
    return folder / f"{Path(name).stem}-{checksum}{Path(name).suffix}"


def _versions(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Every file of this name with the checksum that it claims; more than one only where one is damaged."""
    stem, suffix = Path(name).stem, Path(name).suffix
    try:
        entries = os.listdir(folder)  # noqa: PTH208  # a third of the time of iterdir
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.startswith(stem) and entry.endswith(suffix):
            claimed = _CHECKSUM.fullmatch(entry, len(stem), len(entry) - len(suffix))
            if claimed:
                yield folder / entry, claimed[1]


def _read(path: Path) -> bytes | None:
    """The bytes; None for a file that was deleted since, or that the disk does not give."""
    try:
        with path.open("rb") as file:
            _touch(file.fileno())
            return file.read()
    except OSError:
        return None


def _touch(handle: int) -> None:
    """Note that the file was used: its time of access, at most once an hour, on any kind of mount."""
    status = os.fstat(handle)
    if time.time() - status.st_atime > TOUCHED_EVERY_S:
        with contextlib.suppress(OSError):
            os.utime(handle, ns=(time.time_ns(), status.st_mtime_ns))


def _checksum(content: bytes) -> str:
    return f"{zlib.crc32(content):08x}"
