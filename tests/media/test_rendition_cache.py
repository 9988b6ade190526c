import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gallery.media.rendition_cache import TOUCHED_EVERY_S, fetch, find, put

CONTENT = bytes(range(256)) * 40
NAME = "300.jpg"


def file_of(folder: Path, name: str = NAME) -> Path:
    """The one file of this name, and the only one in the folder."""
    (path,) = folder.iterdir()
    assert path.name.startswith(name.partition(".")[0] + "-")
    return path


def unasked() -> bytes:
    raise AssertionError("it was made again")


def test_what_was_put_is_found_and_named_by_its_checksum(tmp_path: Path) -> None:
    put(tmp_path / "made", NAME, b"123456789")
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["300-cbf43926.jpg"]
    found = find(tmp_path / "made", NAME)
    assert found
    assert (found.content, found.etag) == (b"123456789", "300.jpg-cbf43926")
    assert fetch(tmp_path / "made", NAME, unasked).is_new is False


def test_names_that_begin_alike_are_kept_apart(tmp_path: Path) -> None:
    for name in ("30.jpg", "300.jpg", "300.webp", "300-x.jpg"):
        put(tmp_path, name, name.encode())
    for name in ("30.jpg", "300.jpg", "300.webp", "300-x.jpg"):
        found = find(tmp_path, name)
        assert found
        assert found.content == name.encode()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda content: content[:-1],
    "cut in half": lambda content: content[: len(content) // 2],
    "empty": lambda _: b"",
    "zeroed": lambda content: bytes(len(content)),
    "a zeroed page": lambda content: content[:4096] + bytes(4096) + content[8192:],
    "longer": lambda content: content + b"\0",
    "a flipped bit": lambda content: content[:700] + bytes([content[700] ^ 1]) + content[701:],
    "another file": lambda _: b"another file",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_noticed_and_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    put(tmp_path, NAME, CONTENT)
    path = file_of(tmp_path)
    status = path.stat()
    path.write_bytes(damage(CONTENT))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert find(tmp_path, NAME) is None
    again = fetch(tmp_path, NAME, lambda: CONTENT)
    assert (again.content, again.is_new) == (CONTENT, True)
    assert file_of(tmp_path).read_bytes() == CONTENT


def test_any_flipped_byte_is_noticed(tmp_path: Path) -> None:
    content = CONTENT[:300]
    put(tmp_path, NAME, content)
    path = file_of(tmp_path)
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        assert find(tmp_path, NAME) is None


def test_a_damaged_file_of_other_bytes_goes_when_it_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "300-00000000.jpg").write_bytes(b"older bytes")
    (tmp_path / "300-xyz.jpg").write_bytes(b"not of the cache")
    assert fetch(tmp_path, NAME, lambda: CONTENT).is_new
    assert sorted(path.name[:6] for path in tmp_path.iterdir())[-1] == "300-xy"
    assert len(list(tmp_path.iterdir())) == 2


def test_what_cannot_be_made_leaves_nothing_and_can_be_tried_again(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fetch(tmp_path, NAME, fail)
    assert list(tmp_path.iterdir()) == []
    assert fetch(tmp_path, NAME, lambda: CONTENT).content == CONTENT


def test_a_lock_left_by_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.lock").touch()
    assert fetch(tmp_path, NAME, lambda: CONTENT).is_new
    file_of(tmp_path)


def test_a_picture_that_cannot_be_kept_is_answered(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for _ in range(2):
        made = fetch(tmp_path / "file" / "made", NAME, lambda: CONTENT)
        assert (made.content, made.is_new) == (CONTENT, True)


def test_use_is_noted_at_most_once_an_hour_and_the_age_stays(tmp_path: Path) -> None:
    put(tmp_path, NAME, CONTENT)
    path, now = file_of(tmp_path), time.time()
    os.utime(path, (now - TOUCHED_EVERY_S / 2, now + 5))  # later than its use: relatime does not interfere
    used_at = path.stat().st_atime
    find(tmp_path, NAME)
    assert path.stat().st_atime in (used_at, pytest.approx(now, abs=60))
    os.utime(path, (now - TOUCHED_EVERY_S - 5, 1000))
    find(tmp_path, NAME)
    assert path.stat().st_atime == pytest.approx(now, abs=60)
    assert path.stat().st_mtime == 1000


def ask_at_once(folder: Path, count: Path, threads: int, barrier: "threading.Barrier | None" = None) -> None:
    """Many threads ask for what is not there; each making leaves a line."""

    def make() -> bytes:
        with count.open("a") as file:
            file.write("made\n")
        time.sleep(0.2)
        return CONTENT

    answers: list[bytes] = []

    def ask() -> None:
        start.wait()
        answers.append(fetch(folder, NAME, make).content)

    start = threading.Barrier(threads)
    running = [threading.Thread(target=ask) for _ in range(threads)]
    if barrier:
        barrier.wait()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert answers == [CONTENT] * threads


@pytest.mark.slow
def test_of_a_hundred_first_requests_in_two_processes_one_makes_the_picture(tmp_path: Path) -> None:
    spawning = multiprocessing.get_context("spawn")
    barrier = spawning.Barrier(2)
    arguments = (tmp_path / "made", tmp_path / "count", 50, barrier)
    processes = [spawning.Process(target=ask_at_once, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert (tmp_path / "count").read_text() == "made\n"
    file_of(tmp_path / "made")


@pytest.mark.slow
def test_a_folder_deleted_over_and_over_never_costs_an_answer(tmp_path: Path) -> None:
    folder, over = tmp_path / "a" / "b" / "made", threading.Event()
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            while not over.is_set():
                assert fetch(folder, NAME, lambda: CONTENT).content == CONTENT
        except BaseException as error:  # noqa: BLE001  # told by the test
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    deleted = 0
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        deleted += delete_tree(tmp_path / "a")
    over.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert deleted > 10


def delete_tree(folder: Path) -> int:
    """As somebody's `rm -rf` would, past whatever is written meanwhile; the files that it deleted."""
    deleted = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        try:
            path.rmdir() if path.is_dir() else path.unlink()
            deleted += path.suffix == ".jpg"
        except OSError:
            continue
    return deleted
