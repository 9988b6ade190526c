"""A process that has imported the gallery, and forks those that run its commands: a start costs no second.

Each is a process of its own, with its own environment, files and end. What stands between it and the one that
forks waits for it, and passes on its pid and its exit status.
"""

import atexit
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_ORDER_BYTES = 128 * 1024
IMPORTED = ("flask.cli", "gallery", "alembic.autogenerate.api", "flask_migrate", "huey", "psycopg")
"""What commands are seen to import; nothing that has threads."""


class Command:
    """A command that was started, with as much of `subprocess.Popen` as tests use."""

    def __init__(self, status: int) -> None:
        self._status = os.fdopen(status)
        self.pid = int(self._status.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit status; None: it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("flask", timeout or 0)
            with self._status:
                self.returncode = int(self._status.readline())
        return self.returncode

    def send_signal(self, number: int) -> None:
        """To a command that runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.send_signal(signal.SIGKILL)


def start(environ: Mapping[str, str], *arguments: str | Path, files: tuple[int, int, int]) -> Command:
    """`flask` with these arguments, its input, output and complaints in these files."""
    status, theirs = os.pipe()
    try:
        order = json.dumps([dict(environ), [str(argument) for argument in arguments]]).encode()
        assert len(order) < MOST_ORDER_BYTES
        socket.send_fds(_orders(), [order], [*files, theirs])
    finally:
        os.close(theirs)
    return Command(status)


@cache
def _orders() -> socket.socket:
    """Leads to the process that forks, which ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GALLERY_")}
        process = subprocess.Popen(command, cwd=ROOT, env=inherited, pass_fds=[theirs.fileno()])

    def end() -> None:
        ours.close()
        process.wait(30)

    atexit.register(end)
    return ours


def main(handle: int) -> None:
    """Fork for every order; return in the process that shall run the command."""
    for name in IMPORTED:
        importlib.import_module(name)
    gc.freeze()
    orders = socket.socket(fileno=handle)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, files, _, _ = socket.recv_fds(orders, MOST_ORDER_BYTES, 4)
        if not order:
            os._exit(0)
        if os.fork() == 0:
            orders.close()
            _attend(*files)
            environ, arguments = json.loads(order)
            os.environ.clear()
            os.environ.update(environ)
            sys.argv = ["flask", *arguments]
            return
        for file in files:
            os.close(file)


def _attend(stdin: int, stdout: int, stderr: int, status: int) -> None:
    """Return in another process, and tell how that one ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid:
        for file in (stdin, stdout, stderr):
            os.close(file)
        os.write(status, b"%d\n" % pid)
        _, raw = os.waitpid(pid, 0)
        os.write(status, b"%d\n" % os.waitstatus_to_exitcode(raw))
        os._exit(0)
    for file, place in ((stdin, 0), (stdout, 1), (stderr, 2)):
        os.dup2(file, place)
        os.close(file)
    os.close(status)


if __name__ == "__main__":
    main(int(sys.argv[1]))
    import flask.cli

    flask.cli.main()
