"""Which databases the tests run on."""

import os

import pytest

POSTGRESQL = "postgresql"
ENGINES = ("sqlite", POSTGRESQL)
_WANTED = os.environ.get("GALLERY_TEST_DATABASES", ",".join(ENGINES)).split(",")

both_engines = pytest.mark.parametrize(
    "engine",
    [name for name in ENGINES if name in _WANTED],
    indirect=True,
    scope="module",
)
"""Run a test, or a module, once on each engine; `GALLERY_TEST_DATABASES=sqlite` leaves the other out."""


def engine_of(nodeid: str) -> str | None:
    """The engine that a test's id ends with; None: it runs on one only."""
    return next((name for name in ENGINES if nodeid.endswith((f"[{name}]", f"-{name}]"))), None)
