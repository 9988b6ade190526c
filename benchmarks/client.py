"""A program that asks over one connection kept open."""

import http.client
import time
from collections.abc import Iterable
from dataclasses import dataclass

BLOCK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Read:
    """How one long answer came in."""

    size_bytes: int
    first_byte_s: float
    wall_s: float


class Client:
    """Talks to one server on this machine."""

    def __init__(self, port: int, token: str, **headers: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self._headers = {"Authorization": f'Token token="{token}"', **headers}

    def get(self, path: str) -> bytes:
        """The whole answer, which must be a good one."""
        response = self._ask(path)
        return response.read()

    def get_all(self, paths: Iterable[str]) -> None:
        """Ask for one after the other."""
        for path in paths:
            self.get(path)

    def read(self, path: str) -> Read:
        """Read an answer in blocks, keeping nothing."""
        begun = time.perf_counter()
        response = self._ask(path)
        size_bytes = len(response.read(1))
        first_byte_s = time.perf_counter() - begun
        block = memoryview(bytearray(BLOCK_BYTES))
        while count := response.readinto(block):
            size_bytes += count
        return Read(size_bytes, first_byte_s, time.perf_counter() - begun)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, path: str) -> http.client.HTTPResponse:
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        if response.status != 200:
            raise RuntimeError(f"{path[:80]} was answered with {response.status}")
        return response
