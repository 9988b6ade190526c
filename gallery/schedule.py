"""The queue itself, and what runs when. Apart, because Huey loads the drivers of all its storages."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab

_OPTIONS: dict[str, dict[str, Any]] = {
    # tried again after 10, 40 and 160 seconds, if it failed for no foreseen reason
    "process": {"retries": 3, "retry_delay": 10, "retry_backoff": 4, "context": True},
    "make_first_look": {"priority": -1},  # when there is nothing else to do
}
_MINUTES = {
    "find_waiting": "*",
    "find_batches": "*",
    "flag_albums": "*",
    "look_after_uploads": "*",
    "fill_blocks": "*",
    "renew": "*",
    "trim_renditions": "*/15",
    "forget_answers": "7",
    "forget_deliveries": "11",
    "empty_trash": "23",
    "forget_marks": "41",
}
"""Of every hour, as crontab has them."""


class Schedule:
    """What is asked for goes into a file of SQLite's, from where a worker takes it."""

    def __init__(
        self,
        path: Path,
        asked: Mapping[str, Callable[..., None]],
        periodic: Iterable[Callable[[], None]],
    ) -> None:
        """What is asked for goes by its name, and may be periodic, too."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.huey: Any = SqliteHuey("gallery", filename=str(path), fsync=False, utc=True)
        self.ask: dict[str, Callable[..., object]] = {
            name: self.huey.task(name=name, **_OPTIONS.get(name, {}))(function)
            for name, function in asked.items()
        }
        for function in periodic:
            name = function.__name__
            self.huey.periodic_task(crontab(minute=_MINUTES[name]), name=f"{name} in time")(function)
