"""The renditions' bound, kept by the worker."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from gallery.config import Settings
from gallery.jobs import Queue, queue_of
from gallery.models.image import Image


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
