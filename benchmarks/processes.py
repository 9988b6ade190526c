"""Child processes with a port, and what the kernel knows of their cost."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_TIMEOUT_S = 60


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening(
    command: Sequence[str], port: int, environ: Mapping[str, str], **options: Any
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command; it listens on the port when this yields, and has ended afterwards."""
    with running(command, environ, **options) as process:
        _wait_for(port, process)
        yield process


@contextmanager
def running(
    command: Sequence[str], environ: Mapping[str, str], **options: Any
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command, which has ended afterwards."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GALLERY_")}
    process = subprocess.Popen(command, env=inherited | dict(environ), **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode} before it listened")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def tree(pid: int) -> list[int]:
    """The process and every one below it."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    children = [child for thread in threads for child in thread.read_text().split()]
    return [pid, *(below for child in children for below in tree(int(child)))]


def cpu_s(pid: int) -> float:
    """CPU time that the process and those below it have taken, all threads, user and system.

    Read from each one's clock (`clock_getcpuclockid(3)`, whose id Linux makes of the pid so), because
    utime and stime in /proc count ticks of 10 ms.
    """
    return sum(time.clock_gettime((~each << 3) | 2) for each in tree(pid))


def forget_peak(pid: int) -> None:
    """Begin the peak of resident memory anew (proc(5), clear_refs)."""
    for each in tree(pid):
        Path(f"/proc/{each}/clear_refs").write_text("5")


def resident_mb(pid: int, field: str) -> float:
    """`VmHWM` (the peak) or `VmRSS` (now) of the largest process of the tree, in 10⁶ bytes."""
    return max(_kilobytes(each, field) for each in tree(pid)) * 1024 / 1e6


def _kilobytes(pid: int, field: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
