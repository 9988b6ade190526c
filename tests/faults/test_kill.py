"""Processes that are killed at any moment lose nothing that was acknowledged, and forget no work."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drawing import drawn_jpeg
from tests.faults.nursery import Child, Nursery, wait_until
from tests.faults.witness import fsck, half_visible, lost, rows, undocumented

pytestmark = pytest.mark.slow

ROUNDS = 20
UPLOADERS = 3
NewFiles = Callable[..., list[Path]]


def ended(child: Child) -> bool:
    return any(note["what"] in ("done", "crashed") for note in child.said())


def killed_uploaders(
    nursery: Nursery, environ: dict[str, str], files: NewFiles, **broken: bool
) -> list[Child]:
    """Some that uploaded at the same time, each acknowledged something, and all were killed at one moment."""
    uploaders = [nursery.upload(environ, files(60), **broken) for _ in range(UPLOADERS)]
    wait_until(lambda: all(child.kept() or ended(child) for child in uploaders))
    assert all(child.kept() for child in uploaders), [child.said()[-1] for child in uploaders]
    time.sleep(random.uniform(0, 0.15))
    for child in uploaders:
        child.kill()
    return uploaders


def test_no_acknowledged_upload_is_lost_when_uploaders_are_killed(
    nursery: Nursery, environ: dict[str, str], new_files: NewFiles, record_property: Callable[..., None]
) -> None:
    instance, children = Path(environ["INSTANCE"]), []
    for _ in range(ROUNDS):
        children += killed_uploaders(nursery, environ, new_files)
        assert half_visible(instance) == []
    acknowledged = sum(len(child.kept()) for child in children)
    record_property("acknowledged", acknowledged)
    assert acknowledged >= ROUNDS
    assert sum(child.said()[-1]["what"] != "done" for child in children) >= ROUNDS, (
        "hardly any was interrupted"
    )
    assert (lost(instance, children), undocumented(instance)) == ([], [])
    status, kinds = fsck(environ, "--repair")
    assert (status, set(kinds) <= {"orphaned-original"}) == (0, True)
    assert fsck(environ) == (0, [])


def test_control_uploads_acknowledged_too_early_are_lost(
    nursery: Nursery, environ: dict[str, str], new_files: NewFiles
) -> None:
    children: list[Child] = []
    for _ in range(ROUNDS):
        children += killed_uploaders(nursery, environ, new_files, early=True)
        if lost(Path(environ["INSTANCE"]), children):
            return
    pytest.fail("no kill came between the early answer and the commit: this test cannot see a loss")


def waiting(instance: Path) -> int:
    return int(rows(instance, "SELECT count(*) FROM image WHERE NOT processed")[0][0])


def test_every_image_is_processed_although_the_worker_is_killed_again_and_again(
    nursery: Nursery, environ: dict[str, str], new_files: NewFiles, record_property: Callable[..., None]
) -> None:
    instance = Path(environ["INSTANCE"])
    picture = drawn_jpeg(size=(600, 400))
    nursery.upload(environ, new_files(100, content=picture)).wait_for("done")
    interrupted = 0
    for _ in range(ROUNDS):
        before = waiting(instance)
        worker = nursery.work(environ)
        wait_until(lambda before=before: waiting(instance) < before, worker.said())
        time.sleep(random.uniform(0, 0.1))
        worker.kill()
        parts = list((instance / "renditions").rglob("*.part"))
        interrupted += bool(parts)
        if waiting(instance) < 20:
            nursery.upload(environ, new_files(40, content=picture)).wait_for("done")
    left = waiting(instance)
    record_property("left", left)
    record_property("rounds_with_a_half_written_rendition", interrupted)
    assert left > 0, "nothing was left to be found again: the kills came too late"
    finish(nursery, environ)
    assert rows(instance, "SELECT id FROM image WHERE NOT processed OR processing_error IS NOT NULL") == []
    assert (half_visible(instance), undocumented(instance)) == ([], [])
    assert fsck(environ) == (0, [])


def finish(nursery: Nursery, environ: dict[str, str]) -> None:
    """Workers until all is done: one empties the queue, a second finds what the queue forgot."""
    instance = Path(environ["INSTANCE"])
    while count := waiting(instance):
        worker, since = nursery.work(environ), time.monotonic()
        while waiting(instance) and time.monotonic() - since < 3:
            time.sleep(0.05)
            if (now := waiting(instance)) < count:
                count, since = now, time.monotonic()
        worker.kill()
