"""Room on a disk: whether there is some, and one name for there being none."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gallery.errors import StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_SENTENCE = "The gallery's storage is full. Nothing was kept; try again when its keeper has made room."


def require_room(folder: Path, size_bytes: int, keep_free_bytes: int) -> None:
    """Raises StorageFull unless so much more fits the file system and `keep_free_bytes` stay free."""
    while not folder.exists():
        folder = folder.parent
    if shutil.disk_usage(folder).free - size_bytes < keep_free_bytes:
        raise StorageFull(_SENTENCE)


@contextmanager
def naming_full_disk() -> Iterator[None]:
    """Raise StorageFull where the operating system says that the disk or a quota is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise StorageFull(_SENTENCE) from error
