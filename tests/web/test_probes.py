"""Supervisors hear whether the server lives, and what it lacks."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gallery.belonging import require_own_store
from gallery.config import Settings
from gallery.media.store_marker import MARKER
from tests.conftest import close
from tests.engines import both_engines


@pytest.fixture
def marked(app: Flask, settings: Settings) -> Path:
    """The folder of originals, marked as it is at the start of a server."""
    with app.app_context():
        require_own_store(settings)
    return settings.originals


@both_engines
def test_with_all_in_place_the_server_is_ready(client: FlaskClient, marked: Path) -> None:
    assert (marked / MARKER).exists()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": True, "storage": True, "queue": True})
    assert answer.headers["Cache-Control"] == "no-store"


def test_originals_that_are_not_mounted_are_named(client: FlaskClient, marked: Path) -> None:
    shutil.rmtree(marked)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": True, "storage": False, "queue": True})


def test_a_queue_that_cannot_be_opened_is_named(
    client: FlaskClient, marked: Path, settings: Settings
) -> None:
    settings.queue_path.parent.mkdir(parents=True, exist_ok=True)
    settings.queue_path.mkdir()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": True, "storage": True, "queue": False})


def test_a_database_without_its_tables_is_named_and_the_server_lives(
    app: Flask, client: FlaskClient, marked: Path
) -> None:
    close(app)
    for path in marked.parent.glob("gallery.db*"):
        path.unlink()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": False, "storage": False, "queue": True})
    assert client.get("/healthz").json == {"alive": True}
