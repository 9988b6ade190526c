"""One maker at a time among all threads and processes of a machine."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the lock, which is a file that exists only while it is held or waited for.

    A process that is killed lets go of its lock and leaves the file, which the next one takes over. Where no
    file can be made (full disk, no permission), nobody waits: work is then done twice rather than not at all.
    """
    try:
        handle = _acquire(lock)
    except OSError as error:
        log.warning("no lock can be had at %s: %s", lock, error)
        yield
        return
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)  # while it is held: whoever waited for this file sees that it is gone
        os.close(handle)


def _acquire(lock: Path) -> int:
    while True:
        lock.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileNotFoundError:  # the folder was deleted since
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_at(lock, handle):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_at(lock: Path, handle: int) -> bool:
    """Whether the open file is the one under this name: else a lock on it keeps nobody out."""
    try:
        there = lock.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(handle)
    return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)
