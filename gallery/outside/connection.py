"""Connections that go to the address that was checked, and end in time."""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from gallery.outside.address import Resolve, open_addresses, resolve

SocketOption = Any


class Guarded(httpcore.NetworkBackend):
    """Looks a host up, checks every address and connects to one of just these.

    A name that stands for another address a moment later gets nowhere. Everything must be over at the
    deadline, however slowly the other side answers.
    """

    def __init__(self, deadline_s: float, *, allow_private: bool, resolver: Resolve = resolve) -> None:
        """`deadline_s` is a time of `time.monotonic`."""
        self._deadline_s, self._allow_private, self._resolver = deadline_s, allow_private, resolver
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises AddressRefused and what httpcore raises."""
        check = self._resolver if self._allow_private else None
        found = check(host, port) if check else open_addresses(host, port, self._resolver)
        for number, address in enumerate(found, start=1):
            left_s = _left(self._deadline_s, timeout)
            try:
                stream = self._network.connect_tcp(address, port, left_s, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(found):
                    raise
            else:
                return Hurried(stream, self._deadline_s)
        raise httpcore.ConnectError("the host's name stands for no address")


class Hurried(httpcore.NetworkStream):
    """A stream that breaks off at its deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline_s: float) -> None:
        self._stream, self._deadline_s = stream, deadline_s

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the stream's."""
        return self._stream.read(max_bytes, _left(self._deadline_s, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the stream's."""
        self._stream.write(buffer, _left(self._deadline_s, timeout))

    def close(self) -> None:
        """As the stream's."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """As the stream's: the certificate must be of the host's name."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline_s, timeout))
        return Hurried(stream, self._deadline_s)

    def get_extra_info(self, info: str) -> Any:
        """As the stream's."""
        return self._stream.get_extra_info(info)


def _left(deadline_s: float, timeout: float | None) -> float:
    """Seconds that one step may take. Raises httpcore.ReadTimeout when the time is over."""
    left = deadline_s - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("it took too long")
    return left if timeout is None else min(left, timeout)
