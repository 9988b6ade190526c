"""What this process has answered: how many requests of each kind, and how soon."""

import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ones of the classes of time."""
CLASSES = "12345"
"""First digits of status."""


class Totals(NamedTuple):
    """Since the process began."""

    by_class: dict[str, int]
    by_time: tuple[int, ...]
    """Each class of time alone; one more than there are bounds."""
    seconds: float


class Traffic:
    """Counted by all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_class = dict.fromkeys(CLASSES, 0)
        self._by_time = [0] * (len(BOUNDS_S) + 1)
        self._seconds = 0.0

    def note(self, status: str, seconds: float) -> None:
        """One more answer, whose status begins with this digit."""
        place = bisect_left(BOUNDS_S, seconds)
        with self._lock:
            self._by_class[status] += 1
            self._by_time[place] += 1
            self._seconds += seconds

    def totals(self) -> Totals:
        """As of now."""
        with self._lock:
            return Totals(dict(self._by_class), tuple(self._by_time), self._seconds)


class Metered:
    """A WSGI application before another. What is sent piece by piece counts until its first piece can go."""

    def __init__(self, app: Callable[..., Iterable[bytes]], traffic: Traffic) -> None:
        self.behind, self._traffic = app, traffic

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass it on, and count the answer."""
        began_s, status = time.perf_counter(), "5"

        def start(line: str, *rest: Any) -> Any:
            nonlocal status
            status = line[0]
            return start_response(line, *rest)

        try:
            return self.behind(environ, start)
        finally:
            self._traffic.note(status, time.perf_counter() - began_s)
