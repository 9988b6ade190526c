"""Counting who comes how often."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.strategies import FixedWindowRateLimiter

from gallery import create_app, throttle
from gallery.config import load_settings
from gallery.rate_counter import ProcessCounter


class Unreachable(ProcessCounter):
    """Counters on a machine that is gone."""

    STORAGE_SCHEME = ["unreachable"]  # noqa: RUF012  # the library reads it as a list

    def incr(self, *_given: Any, **_named: Any) -> int:
        """Fails."""
        raise StorageError(OSError("connection refused"))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        (None, "", True),
        ("unix:", "192.0.2.1", False),
    ],
)
def test_a_household_of_ipv6_is_one_place(one: str | None, other: str, is_same: bool) -> None:
    assert (throttle.place_of(one) == throttle.place_of(other)) is is_same


def test_nobody_is_held_up_by_counters_that_cannot_be_reached(app: Flask, context: None) -> None:
    app.extensions["throttle"] = Unreachable(wrap_exceptions=True)
    for _ in range(20):
        throttle.count_sign_in("a@example.org", "192.0.2.1")


def test_a_window_ends_and_what_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("gallery.rate_counter.time.time", lambda: clock[0])
    monkeypatch.setattr("gallery.rate_counter._SWEEP_AT", 50)
    counter = ProcessCounter()
    limiter: Any = FixedWindowRateLimiter(counter)
    rate = RateLimitItemPerMinute(2)
    assert [limiter.hit(rate, "a") for _ in range(3)] == [True, True, False]
    assert counter.get_expiry(rate.key_for("a")) == 1060
    for number in range(100):
        limiter.hit(rate, str(number))
    clock[0] += 60
    assert limiter.hit(rate, "a")
    assert len(counter._windows) == 1


@pytest.fixture
def redis_address(tmp_path: Path) -> Iterator[str]:
    """Of a server that keeps nothing; without the program the test is skipped, and under CI fails."""
    program = shutil.which("redis-server")
    if program is None:
        reason = "Redis is not installed; scripts/install-test-servers installs it"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    path = tmp_path / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as server:
        while not path.exists():
            assert server.poll() is None, "Redis ended before it listened"
            time.sleep(0.02)
        yield f"redis+unix://{path}"
        server.terminate()


def test_processes_that_share_redis_count_together(environ: dict[str, str], redis_address: str) -> None:
    given = {"RATE_LIMIT_STORAGE_URL": redis_address, "RATE_LIMIT_API": "3/hour"}
    settings = load_settings({f"GALLERY_{name}": value for name, value in (environ | given).items()})
    one, other = create_app(settings), create_app(settings)
    for app in (one, other, one):
        with app.app_context():
            throttle.count_person("ann")
    with other.app_context(), pytest.raises(throttle.RateLimited) as refused:
        throttle.count_person("ann")
    assert 3_500 < refused.value.retry_after_s <= 3_600
    with other.app_context():
        throttle.count_person("bob")
