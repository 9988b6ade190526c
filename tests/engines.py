"""Which databases the tests run on."""

import os

import pytest

ENGINES = ("sqlite", "postgresql")
_WANTED = os.environ.get("GALLERY_TEST_DATABASES", ",".join(ENGINES)).split(",")

both_engines = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES if name in _WANTED],
    indirect=True,
    scope="module",
)
"""Run a test, or a module, once on each engine; `GALLERY_TEST_DATABASES=sqlite` leaves the other out.

Of several test processes each has one engine, so that one PostgreSQL and one site each are enough.
"""
