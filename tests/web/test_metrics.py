"""Supervisors hear how the gallery does, in words that Prometheus' own parser reads, and nobody else does."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from gallery import create_app
from gallery.config import Settings, load_settings
from gallery.db import begin_write, db
from gallery.errors import SettingInvalid
from gallery.index.stock import stock
from gallery.models.image import Image, now
from tests.conftest import close
from tests.engines import both_engines

TOKEN = "a-token-of-the-tests"
AFAR = {"REMOTE_ADDR": "192.0.2.7"}


def told(client: FlaskClient) -> dict[str, float]:
    """By name, with its labels, what is told."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation and family.type != "untyped" for family in families)
    samples = [sample for family in families for sample in family.samples]
    return {
        " ".join((sample.name.removeprefix("evident_"), *sample.labels.values())): sample.value
        for sample in samples
    }


@both_engines
def test_what_is_told_is_so(app: Flask, client: FlaskClient, make_image: Any, make_user: Any) -> None:
    make_user()
    images = [make_image(album_id=name) for name in ("one", "one", "two", "two")]
    with app.app_context():
        begin_write()
        for image, values in zip(images, ({"trashed_at": now()}, {"processing_error": "No."}), strict=False):
            db.session.execute(sa.update(Image).where(Image.number == image.number).values(values))
        db.session.commit()
        stock().last()
        counter = stock()._counter
        assert counter is not None
        counter.join()
    client.get("/sign-in")
    client.get("/nothing-here")
    found = told(client)
    sizes = sum(image.size_bytes for image in images)
    expected = {"images": 3, "images_trashed": 1, "images_failed": 1, "images_waiting": 2, "albums": 2}
    expected |= {
        "users": 1,
        "originals_bytes": sizes,
        "queue_jobs": 0,
        "index_loaded": 0,
        "ready database": 1,
    }
    expected |= {"requests_total 2xx": 1, "requests_total 4xx": 1, "request_duration_seconds_count": 2}
    assert {name: found[name] for name in expected} == expected
    assert 0 < found["images_waiting_oldest_seconds"] < 600
    assert found["process_resident_memory_bytes"] > 10_000_000
    assert found["request_duration_seconds_bucket +Inf"] == 2
    assert found["request_duration_seconds_sum"] > 0


def test_a_queue_that_is_away_is_told_and_the_rest_too(client: FlaskClient, settings: Settings) -> None:
    settings.queue_path.parent.mkdir(parents=True, exist_ok=True)
    settings.queue_path.mkdir()
    found = told(client)
    assert (found["ready queue"], found["ready database"], found["albums"]) == (0, 1, 0)
    assert "queue_jobs" not in found


def test_without_a_token_only_this_machine_is_answered(client: FlaskClient) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    assert client.get("/metrics", environ_base=AFAR).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}, environ_base=AFAR).status_code == 404


def test_with_a_token_only_who_has_it_is_answered(environ: dict[str, str], settings: Settings) -> None:
    app = create_app(
        load_settings({f"GALLERY_{k}": v for k, v in {**environ, "METRICS_TOKEN": TOKEN}.items()})
    )
    client = app.test_client()
    statuses = [
        client.get("/metrics", headers={"Authorization": text} if text else {}, environ_base=AFAR).status_code
        for text in (f"Bearer {TOKEN}", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer é", "")
    ]
    assert statuses == [200, 403, 403, 403, 404]
    assert client.get("/metrics").status_code == 404, "this machine may stand for a proxy's visitors"
    close(app)


@pytest.mark.parametrize("token", ["short", "with a space in it", "é" * 20])
def test_a_token_that_could_be_guessed_or_not_be_sent_is_refused(token: str, tmp_path: Any) -> None:
    with pytest.raises(SettingInvalid, match="GALLERY_METRICS_TOKEN"):
        load_settings({"GALLERY_METRICS_TOKEN": token, "GALLERY_INSTANCE": str(tmp_path)})
