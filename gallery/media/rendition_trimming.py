"""Keeps the folder of all renditions within its bound: what was used longest ago is deleted first."""

import contextlib
import fcntl
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOM = 0.9
"""Trimmed to this part of the bound, so that the next trimming is not due at once."""
STALE_AFTER_S = 3600
"""A hidden file (`.part`, `.lock`) that nobody wrote to for so long was left by a crash."""


def trim(folder: Path, max_bytes: int) -> int:
    """Where there are more than `max_bytes`, delete the least recently used; the bytes that were freed.

    0 = no bound. While another process trims the same folder, nothing is done. Memory grows with the number
    of different seconds of use, not with that of files. A picture that is deleted while it is wanted is made
    again by whoever wants it.
    """
    if not max_bytes or not folder.is_dir():
        return 0
    with _sole_trimmer(folder) as is_ours:
        if not is_ours:
            return 0
        bytes_used_at = _survey(folder)
        total = bytes_used_at.total()
        if total <= max_bytes:
            return 0
        _note(folder).touch()
        return _delete(folder, bytes_used_at, total - int(max_bytes * ROOM))


def was_trimmed(folder: Path) -> bool:
    """Whether any rendition was ever deleted for room, so that one which is missing is no sign of damage."""
    return _note(folder).exists()


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.trimmed")


def _survey(folder: Path) -> Counter[int]:
    """How many bytes were last used in each second. Deletes what crashes left behind on the way."""
    bytes_used_at: Counter[int] = Counter()
    for path, status in _files(folder):
        if not path.name.startswith("."):
            bytes_used_at[int(status.st_atime)] += status.st_size
        elif time.time() - status.st_mtime > STALE_AFTER_S:
            _unlink(path)
    return bytes_used_at


def _delete(folder: Path, bytes_used_at: Counter[int], excess: int) -> int:
    """All that was last used before a certain second, and of that second as much as is still needed."""
    last, needed = _last_to_go(bytes_used_at, excess)
    freed, freed_of_last = 0, 0
    for path, status in _files(folder):
        used_at = int(status.st_atime)
        if path.name.startswith(".") or used_at > last or (used_at == last and freed_of_last >= needed):
            continue
        _unlink(path)
        freed += status.st_size
        freed_of_last += status.st_size if used_at == last else 0
    return freed


def _last_to_go(bytes_used_at: Counter[int], excess: int) -> tuple[int, int]:
    """The newest second of which something has to go, and how many bytes of it."""
    for second in sorted(bytes_used_at):
        if bytes_used_at[second] >= excess:
            return second, excess
        excess -= bytes_used_at[second]
    return max(bytes_used_at), bytes_used_at[max(bytes_used_at)]


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not the last of its folder
        path.parent.rmdir()


def _files(folder: str | Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file below the folder; those that go meanwhile are left out."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
            continue
        with contextlib.suppress(FileNotFoundError):
            yield Path(entry.path), entry.stat(follow_symlinks=False)


@contextlib.contextmanager
def _sole_trimmer(folder: Path) -> Iterator[bool]:
    """Whether we are the only one: by a lock on the folder itself, which leaves no file."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
