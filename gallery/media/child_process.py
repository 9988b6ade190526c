"""One decoding child: started, asked, and ended when it is late, worn out or no longer wanted."""

import os
import signal
import subprocess
import sys
from multiprocessing.connection import Pipe
from pathlib import Path
from threading import Timer

from gallery.errors import Busy, CorruptFile, TooLarge
from gallery.media.confinement import TOO_MUCH_MEMORY, Limits

TOO_LONG = "The picture took too long to decode."
BROKE = "The picture cannot be decoded; the file is damaged."

MAX_TASKS = 500
"""After so many a child is replaced, whatever its decoders may have leaked or kept."""
MAX_ANSWER_BYTES = 512 * 1024**2

_PACKAGE = Path(__file__).resolve().parent.parent
_START = """
import sys, types
package = sys.modules["gallery"] = types.ModuleType("gallery")
package.__path__ = [sys.argv[1]]
from gallery.media.decoding import answer_requests
answer_requests(*map(int, sys.argv[2:]))
"""
"""An empty package stands for `gallery`, whose own one would bring in the whole web application."""
_INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH", "VIPS_WARNING")
"""Variables of the environment that a child sees; the settings, and so all secrets, are not among them."""
_FOR_WANT_OF_MEMORY = (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP)
"""How children end by the system's hand, by C++ and by GLib where memory cannot be had."""

_TUNED = {
    "MALLOC_ARENA_MAX": "2",
    # The planes of a large picture go back to the system when they are freed, what is needed again does not.
    "MALLOC_MMAP_THRESHOLD_": str(16 * 1024**2),
    "MALLOC_TRIM_THRESHOLD_": str(32 * 1024**2),
    "VIPS_CONCURRENCY": "1",  # as many pictures are decoded at once as there are cores
    "VIPS_DISC_THRESHOLD": "1000g",  # larger pictures would go into a file, and a child writes none
}


class Child:
    """A running child; of its pipe we hold the one end and it the other, so that it ends when we do."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self._tasks, self._is_late = limits, 0, False
        self._pipe, theirs = Pipe()
        environ = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        environ |= _TUNED
        with theirs:
            numbers = (theirs.fileno(), *limits)
            self._process = subprocess.Popen(  # noqa: S603  # our own words
                [sys.executable, "-P", "-c", _START, str(_PACKAGE), *map(str, numbers)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=environ,
                pass_fds=(theirs.fileno(),),
            )

    def ask(self, request: bytes) -> bytes:
        """The answer. Raises EOFError or OSError where there is none, and then the child is at its end."""
        self._tasks += 1
        timer = Timer(self.limits.timeout_s, self._kill_late)
        timer.start()
        try:
            self._pipe.send_bytes(request)
            return self._pipe.recv_bytes(MAX_ANSWER_BYTES)
        except (EOFError, OSError):
            self.end()
            raise
        finally:
            timer.cancel()

    def _kill_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self) -> None:
        """Let it end by itself, as it does when the pipe closes; by force where it does not."""
        self._pipe.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def is_good(self) -> bool:
        """Whether it may be asked again."""
        return not self._pipe.closed and self._tasks < MAX_TASKS and self._process.poll() is None

    def ended(self) -> str:
        """For the log."""
        return "was killed for taking too long" if self._is_late else f"ended with {self._process.returncode}"

    def ending_in_words(self) -> Exception:
        """For whoever asked."""
        if self._is_late or self._process.returncode in (-signal.SIGALRM, -signal.SIGXCPU):
            return TooLarge(TOO_LONG)
        if self._process.returncode in _FOR_WANT_OF_MEMORY:
            return TooLarge(TOO_MUCH_MEMORY)
        if self._process.returncode < 0:
            return CorruptFile(BROKE)
        return Busy("What looks at pictures was interrupted; try again.")
