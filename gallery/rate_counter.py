"""Counters of how often somebody came, kept in this process."""

import threading
import time

from limits.storage import Storage

IN_PROCESS = "process://"
_SWEEP_AT = 10_000


class ProcessCounter(Storage):
    """Counts in windows of fixed length.

    The library's own counter in memory starts a thread for nearly every call that is not one of a burst
    (270 µs against 3).
    """

    STORAGE_SCHEME = ["process"]  # noqa: RUF012  # the library reads it as a list

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_options: float | str | bool):
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._windows: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library calls a failure of the storage."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count; the key's window begins with its first call and lasts `expiry` seconds."""
        now = time.time()
        with self._lock:
            count, ends_at = self._windows.get(key, (0, 0.0))
            if ends_at <= now:
                count, ends_at = 0, now + expiry
                self._sweep(now)
            self._windows[key] = (count + amount, ends_at)
            return count + amount

    def get(self, key: str) -> int:
        """How often the key was counted in its window."""
        count, ends_at = self._windows.get(key, (0, 0.0))
        return count if ends_at > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the key's window ends, in seconds since 1970."""
        return self._windows.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        """It is there."""
        return True

    def reset(self) -> int | None:
        """Forget everything."""
        count = len(self._windows)
        self._windows.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget one key."""
        self._windows.pop(key, None)

    def _sweep(self, now: float) -> None:
        """Strangers come from many addresses: windows that are over must not pile up."""
        if len(self._windows) >= _SWEEP_AT and now >= getattr(self, "_next_sweep_at", 0.0):
            self._windows = {key: window for key, window in self._windows.items() if window[1] > now}
            self._next_sweep_at = now + 1.0
