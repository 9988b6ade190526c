"""Many that bring the same file at the same moment: one image, and everybody is told of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.engines import ENGINES
from tests.faults.nursery import Child, Nursery
from tests.serving import child_environ, flask

pytestmark = pytest.mark.slow

RACERS = 32
RACERS_UNLOCKED = 12
"""Enough to get into each other's way."""
NewFiles = Callable[..., list[Path]]
NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]


def race(
    nursery: Nursery, environ: dict[str, str], file: Path, gate: Path, count: int, **broken: bool
) -> list[Child]:
    """All wait before the gate with everything else done."""
    racers = [nursery.upload(environ, [file], gates=[str(gate)], **broken) for _ in range(count)]
    for racer in racers:
        racer.wait_for("ready")
    gate.touch()
    for racer in racers:
        racer.wait_for("done")
    return racers


def outcome(racers: list[Child]) -> tuple[int, int, int]:
    """How many were told that it was kept, how many that it was new, and how many images they name."""
    kept = [note for racer in racers for note in racer.kept()]
    return len(kept), sum(note["is_new"] for note in kept), len({note["id"] for note in kept})


@pytest.mark.parametrize(
    "engine", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES]
)
def test_one_image_comes_of_a_file_that_many_bring_at_once(
    nursery: Nursery, new_gallery: NewGallery, new_files: NewFiles, tmp_path: Path, engine: str
) -> None:
    with new_gallery(engine, tmp_path / "gallery") as environ:
        prepare(environ)
        racers = race(nursery, environ, *new_files(1), tmp_path / "gate", RACERS)
        assert outcome(racers) == (RACERS, 1, 1), [racer.said() for racer in racers]


@pytest.mark.parametrize(
    "engine", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES]
)
def test_control_without_locks_somebody_is_turned_away_or_there_are_more(
    nursery: Nursery, new_gallery: NewGallery, new_files: NewFiles, tmp_path: Path, engine: str
) -> None:
    with new_gallery(engine, tmp_path / "gallery") as environ:
        prepare(environ)
        for number in range(10):
            gate = tmp_path / f"gate-{number}"
            racers = race(nursery, environ, *new_files(1), gate, RACERS_UNLOCKED, unlocked=True)
            if outcome(racers) != (RACERS_UNLOCKED, 1, 1):
                return
    pytest.fail("nobody got into anybody's way: this test cannot see a race")


def prepare(environ: dict[str, str]) -> None:
    """The album is there before anybody starts."""
    assert flask(child_environ(**environ), "album", "add", "A").returncode == 0
