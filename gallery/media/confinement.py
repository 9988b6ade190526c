"""What a decoding child may no longer do, once and for all; set before it loads any decoder.

Memory and files are bounded everywhere. Where the kernel has Landlock (Linux 5.13 and later, if switched on)
the child can start no program, write, make or remove no file, open no TCP connection (6.7) and signal no
other process (6.12), whatever takes it over. It can still read every file that the gallery's user can read,
use UDP, and answer its parent. There is no filter of system calls.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import NamedTuple

TOO_MUCH_MEMORY = "The picture needs more memory than the gallery allows."


class Limits(NamedTuple):
    """Of one picture."""

    timeout_s: int
    memory_bytes: int
    """Of private memory (RLIMIT_DATA), counted as it is asked for; includes some 60 MB of decoders."""


_OPEN_FILES = 64
_NICENESS = 5
_DIES_FIRST = "500"
"""Of -1000 to 1000: when the whole machine runs out of memory, a child goes before the server."""

_PR_SET_NO_NEW_PRIVS = 38
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
_LANDLOCK_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights of files each version of Landlock knows, a bit each (landlock(7)); later ones as 5."""
_READING = 1 << 2 | 1 << 3
_TCP = 1 << 0 | 1 << 1
_SOCKETS_AND_SIGNALS = 1 << 0 | 1 << 1


def confine(limits: Limits) -> None:
    """Bind this process and all that it will ever start."""
    os.nice(_NICENESS)
    with contextlib.suppress(OSError):  # where /proc cannot be written
        Path("/proc/self/oom_score_adj").write_text(_DIES_FIRST)
    for kind, most in (
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a stop is for the parent, and ends us when it is done
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _forbid_all_but_reading(library)


def _forbid_all_but_reading(library: ctypes.CDLL) -> None:
    """A Landlock ruleset without a rule: everything that it handles is refused."""
    version = library.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_VERSION)
    if version < 1:
        return
    files = (1 << _FILE_RIGHTS.get(version, _FILE_RIGHTS[5])) - 1 & ~_READING
    handled = [files]
    handled += [_TCP] if version >= 4 else []
    handled += [_SOCKETS_AND_SIGNALS] if version >= 6 else []
    attributes = (ctypes.c_uint64 * len(handled))(*handled)
    ruleset = library.syscall(_LANDLOCK_CREATE_RULESET, attributes, ctypes.sizeof(attributes), 0)
    if ruleset < 0 or library.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0) < 0:
        raise OSError("Landlock is there but refuses its ruleset")
    os.close(ruleset)
