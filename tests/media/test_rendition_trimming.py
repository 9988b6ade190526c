import fcntl
import os
import random
import threading
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.media.rendition_cache import fetch, put
from gallery.media.rendition_trimming import ROOM, STALE_AFTER_S, trim


def fill(folder: Path, used_at: list[int], size_bytes: int = 100) -> list[Path]:
    """A page's folder each with one file, last used at these times."""
    paths = []
    for nth, second in enumerate(used_at):
        path = folder / f"{nth:02x}" / "page" / "300-00000000.jpg"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x" * size_bytes)
        os.utime(path, (second, 10**9))
        paths.append(path)
    return paths


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    order = random.Random(1).sample(range(1000, 1020), 20)
    paths = fill(tmp_path, order)
    assert trim(tmp_path, 1000) == 1100
    kept = {second for path, second in zip(paths, order, strict=True) if path.exists()}
    assert kept == set(range(1011, 1020))


def test_within_the_bound_nothing_goes(tmp_path: Path) -> None:
    paths = fill(tmp_path, [1, 2, 3])
    assert trim(tmp_path, 300) == 0
    assert trim(tmp_path, 0) == 0
    assert trim(tmp_path / "missing", 1) == 0
    assert all(path.exists() for path in paths)


def test_of_one_second_no_more_goes_than_must(tmp_path: Path) -> None:
    paths = fill(tmp_path, [7] * 20)
    assert trim(tmp_path, 1000) == 1100
    assert sum(path.exists() for path in paths) == 9


def test_emptied_folders_go_too(tmp_path: Path) -> None:
    (old, new) = fill(tmp_path, [1, 2])
    trim(tmp_path, 120)
    assert not old.parent.exists()
    assert new.exists()


def test_what_crashes_left_goes_after_an_hour(tmp_path: Path) -> None:
    names = (".300.jpg.x.part", ".300.jpg.lock")
    for folder, age_s in (("old", STALE_AFTER_S + 60), ("new", 0)):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).touch()
            os.utime(tmp_path / folder / name, (time.time() - age_s,) * 2)
    assert trim(tmp_path, 10**9) == 0
    assert not (tmp_path / "old").exists()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(names)


def test_two_never_trim_at_once(tmp_path: Path) -> None:
    fill(tmp_path, [1, 2, 3])
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert trim(tmp_path, 100) == 0
    os.close(handle)
    assert trim(tmp_path, 100) == 300


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 300)), max_size=15), st.integers(1, 2000))
def test_the_bound_holds_and_no_newer_file_goes_before_an_older(
    tmp_path_factory: object, files: list[tuple[int, int]], bound: int
) -> None:
    folder = tmp_path_factory.mktemp("renditions")  # type: ignore[attr-defined]
    paths = [
        (fill(folder / str(n), [second], size)[0], second, size) for n, (second, size) in enumerate(files)
    ]
    total = sum(size for _, size in files)
    freed = trim(folder, bound)
    left = [(second, size) for path, second, size in paths if path.exists()]
    assert sum(size for _, size in left) == total - freed <= max(bound, 0)
    assert freed == 0 if total <= bound else total - freed <= bound * ROOM
    gone = [second for path, second, size in paths if not path.exists() and size]
    kept = [second for second, size in left if size]
    assert not gone or not kept or max(gone) <= min(kept)


def test_pictures_are_answered_while_they_are_trimmed(tmp_path: Path) -> None:
    over, failures = threading.Event(), []

    def trim_on() -> None:
        while not over.is_set():
            trim(tmp_path, 10)

    trimmer = threading.Thread(target=trim_on)
    trimmer.start()
    try:
        until = time.monotonic() + 1
        while time.monotonic() < until:
            if fetch(tmp_path / "page", "300.jpg", lambda: b"x" * 100).content != b"x" * 100:
                failures.append("other bytes")
        put(tmp_path / "page", "200.jpg", b"x")
    finally:
        over.set()
        trimmer.join()
    assert not failures
