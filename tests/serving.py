"""The real server, started as an operator would, and its answers as they come over the wire."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from tests import forking

ROOT = Path(__file__).parents[1]
START_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    status: int
    headers: list[tuple[str, str]]
    """In their own spelling and order."""
    body: bytes

    def header(self, name: str) -> str | None:
        """The header of this name in any spelling; None: it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running gallery."""

    port: int
    process: forking.Command
    environ: Mapping[str, str] = field(repr=False)

    def request(
        self,
        path: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Ask once, over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def stop(self) -> int:
        """Tell it to end, as a service manager does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def child_environ(**settings: str) -> dict[str, str]:
    """An environment with these `GALLERY_…` settings and no others."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GALLERY_")}
    return inherited | {f"GALLERY_{name}": value for name, value in settings.items()}


def flask(
    environ: Mapping[str, str], *arguments: str | Path, stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    with TemporaryFile("w+") as given, TemporaryFile("w+") as said, TemporaryFile("w+") as complained:
        given.write(stdin)
        given.seek(0)
        files = given.fileno(), said.fileno(), complained.fileno()
        command = forking.start(environ, *arguments, files=files)
        try:
            status = command.wait(600)
        finally:
            command.kill()
        for file in (said, complained):
            file.seek(0)
        return subprocess.CompletedProcess(list(arguments), status, said.read(), complained.read())


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(pid: int) -> set[int]:
    """Every process that this one or a child of it started, and that still runs."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    direct = {int(text) for text in children.read_text().split()} if children.exists() else set()
    return direct.union(*(descendants(child) for child in direct))


def is_running(pid: int) -> bool:
    """Whether the process is there and has not ended; one that nobody waited for has."""
    path = Path(f"/proc/{pid}/stat")
    return path.exists() and path.read_text().rpartition(")")[2].split()[0] != "Z"


@contextmanager
def serving(environ: Mapping[str, str], port: int | None = None) -> Iterator[Server]:
    """`flask serve`, ready to answer, and stopped at the end whatever happens."""
    port = port or free_port()
    process = forking.start(environ, "serve", "--port", str(port), files=(0, 1, 2))
    server = Server(port, process, environ)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        if process.poll() is None:
            _end(server)


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode} before it answered")
        try:
            server.request("/assets/blank.jpg")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _end(server: Server) -> None:
    started = descendants(server.process.pid)
    try:
        server.stop()
    except subprocess.TimeoutExpired:
        for pid in (*started, server.process.pid):
            os.kill(pid, signal.SIGKILL)
        raise
