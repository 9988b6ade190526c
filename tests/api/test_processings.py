"""Processing an image again, on request and by the queue itself."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from huey.utils import utcnow

from gallery import processing
from gallery.db import db
from gallery.jobs import queue_of
from gallery.models.image import Image
from gallery.models.user import User
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

Make = Callable[..., Any]
Images = Callable[[], list[Image]]


def fail(app: Flask, image: Image) -> None:
    with app.app_context():
        processing.fail(image.number, app.config["GALLERY"], "Cut short.")


@both_engines
def test_an_image_is_processed_again_on_request(
    program: Program, app: Flask, make_image: Make, images: Images
) -> None:
    image = make_image(album_id=ALBUM)
    queue_of(app).huey.flush()
    fail(app, image)
    answer = program.call("POST", f"/api/v1/images/{image.id}/processing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (202, "application/json; charset=utf-8")
    assert answer.data == program.call("GET", f"/api/v1/image_syncs?ids={image.id}").data[1:-1]
    assert (answer.json["processed"], answer.json["processing_error"]) == (False, None)
    assert queue_of(app).huey.pending_count() == 1
    queue_of(app).process_now(image.number)
    assert images()[0].processed


def test_who_may_not_add_cannot_have_an_image_processed(stranger: Program, make_image: Make) -> None:
    assert stranger.call("POST", f"/api/v1/images/{make_image().id}/processing").status_code == 401
    assert stranger.call("POST", "/api/v1/images/nothing/processing").status_code == 401


def test_a_record_without_its_file_cannot_be_processed(
    program: Program, app: Flask, make_image: Make
) -> None:
    image = make_image(album_id=ALBUM)
    with app.app_context():
        db.session.get_one(Image, image.number).sha256 = None
        db.session.commit()
    answer = program.call("POST", f"/api/v1/images/{image.id}/processing")
    assert (answer.status_code, answer.json["code"]) == (409, "no_original")


def test_the_page_of_a_failed_image_has_a_button_that_works(
    app: Flask,
    make_image: Make,
    make_user: Make,
    make_album: Make,
    sign_in: Callable[[User], FlaskClient],
    images: Images,
) -> None:
    image, user = make_image(), make_user()
    make_album(image.album.id, user)
    client = sign_in(user)
    page = f"/images/{image.id}"
    assert "Process again" not in client.get(page).text
    fail(app, image)
    shown = client.get(page).text
    assert "Process again" in shown
    assert client.post(f"{page}/processing").status_code == 400
    token = shown.partition('action="' + page)[2].partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(f"{page}/processing", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert images()[0].processing_error is None
    stranger = sign_in(make_user("other@example.org"))
    token = stranger.get("/").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert stranger.post(f"{page}/processing", data={"csrf_token": token}).status_code == 404


def run_due_tasks(app: Flask) -> list[float]:
    """Do what a worker does until the queue is empty; the delays, in seconds, that were asked for."""
    huey, delays = queue_of(app).huey, []
    while True:
        while task := huey.dequeue():
            huey.execute(task, utcnow())
        waiting = huey.scheduled()
        if not waiting:
            return delays
        for task in huey.storage.scheduled_items():
            delays.append((huey.deserialize_task(task).eta - utcnow()).total_seconds())
        huey.storage.flush_schedule()
        for task in waiting:
            task.eta = None
            huey.enqueue(task)


def test_an_unforeseen_failure_is_tried_again_later_and_then_told(
    app: Flask, make_image: Make, images: Images, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    image = make_image()
    queue_of(app).huey.flush()
    (settings.renditions).touch()  # a file where the folder should be
    queue_of(app).process(image.number)
    delays = run_due_tasks(app)
    assert delays == pytest.approx([10, 40, 160], abs=2)
    assert images()[0].processing_error == "The picture could not be processed."
    assert not images()[0].processed


def test_a_failure_that_passes_leaves_no_trace(
    app: Flask, make_image: Make, images: Images, settings: Any
) -> None:
    image = make_image()
    huey = queue_of(app).huey
    huey.flush()
    settings.renditions.touch()
    queue_of(app).process(image.number)
    huey.execute(huey.dequeue(), utcnow())
    assert (images()[0].processed, images()[0].processing_error) == (False, None)
    queue_of(app).find_waiting()
    assert huey.pending_count() == 0, "what waits for its next try was queued beside it"
    settings.renditions.unlink()
    assert len(run_due_tasks(app)) == 1
    assert images()[0].processed


def test_a_damaged_file_is_not_tried_again(app: Flask, make_image: Make, images: Images) -> None:
    whole = drawn_jpeg(size=(800, 600))
    image = make_image(whole[: len(whole) // 3])
    queue_of(app).huey.flush()
    queue_of(app).process(image.number)
    assert run_due_tasks(app) == []
    assert images()[0].processing_error not in (None, "The picture could not be processed.")
