"""Renditions: made ahead by the worker, and kept within their bound."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from gallery.config import Settings
from gallery.db import db
from gallery.jobs import Queue, queue_of
from gallery.models.image import Image
from gallery.original import source_of
from gallery.present.links import Links
from gallery.present.tile import USUAL


def rendition_bytes(settings: Settings) -> int:
    return sum(path.stat().st_size for path in settings.renditions.rglob("*.jpg"))


def test_the_worker_keeps_renditions_within_their_bound(
    app: Flask, settings: Settings, make_image: Callable[..., Image]
) -> None:
    make_image(process=True)
    before = rendition_bytes(settings)
    assert before
    queue_of(app).trim_renditions()
    assert rendition_bytes(settings) == before  # the default is 20 GB
    Queue(app, replace(settings, renditions_max_bytes=before - 1)).trim_renditions()
    assert 0 < rendition_bytes(settings) < before
    Queue(app, replace(settings, renditions_max_bytes=0)).trim_renditions()
    assert rendition_bytes(settings)


@pytest.mark.parametrize(("bound", "asked"), [(2000, 2), (0, 0), (10**9, 0)])
def test_after_a_twentieth_of_the_bound_trimming_is_asked_for(
    app: Flask, settings: Settings, bound: int, asked: int
) -> None:
    queue = Queue(app, replace(settings, renditions_max_bytes=bound))
    for _ in range(5):
        queue.note_rendition(50)
    assert queue.huey.pending_count() == asked


def test_when_nothing_else_waits_the_picture_for_grids_is_made_before_somebody_asks(
    app: Flask, settings: Settings, make_image: Callable[..., Image]
) -> None:
    queue = queue_of(app)
    queue.huey.flush()
    first, second = make_image().number, make_image().number
    queue.process(first, second)
    assert [run_next(queue) for _ in range(4)] == ["process", "process", "make_first_look", "make_first_look"]
    with app.app_context():
        image = db.session.get_one(Image, first)
        source = source_of(image, settings)
        link = Links(settings).shown(image, USUAL)
    assert source
    made = set(source.folder.iterdir())
    assert [path.suffix for path in made].count(".avif") == 1
    path = link[link.index("/image") :]
    answer = app.test_client().get(path, headers={"Accept": "image/avif"})
    assert answer.content_type == "image/avif"
    assert set(source.folder.iterdir()) == made


def test_of_an_image_that_is_gone_or_failed_nothing_is_made_ahead(
    app: Flask, settings: Settings, make_image: Callable[..., Image]
) -> None:
    queue = queue_of(app)
    for number in (make_image().number, 10**9):
        queue.make_first_look(number)
    assert not list(settings.renditions.rglob("*.avif"))


def run_next(queue: Queue) -> str:
    """Do what a worker would do next: the task's name."""
    task = queue.huey.dequeue()
    queue.huey.execute(task)
    return str(task.name)
