"""Counting who comes how often."""

from typing import Any

import pytest
from flask import Flask
from limits import RateLimitItemPerMinute
from limits.errors import StorageError

from gallery import throttle
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
    app.extensions["throttle"] = throttle.FixedWindowRateLimiter(Unreachable())
    for _ in range(20):
        throttle.count_sign_in("a@example.org", "192.0.2.1")


def test_a_window_ends_and_what_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("gallery.rate_counter.time.time", lambda: clock[0])
    monkeypatch.setattr("gallery.rate_counter._SWEEP_AT", 50)
    counter = ProcessCounter()
    limiter: Any = throttle.FixedWindowRateLimiter(counter)
    rate = RateLimitItemPerMinute(2)
    assert [limiter.hit(rate, "a") for _ in range(3)] == [True, True, False]
    assert counter.get_expiry(rate.key_for("a")) == 1060
    for number in range(100):
        limiter.hit(rate, str(number))
    clock[0] += 60
    assert limiter.hit(rate, "a")
    assert len(counter._windows) == 1
