"""`flask serve` and `flask worker`: processes that start, work and stop."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.accounts import admins_token
from tests.drawing import drawn_jpeg
from tests.serving import ROOT, child_environ, descendants, flask, free_port, is_running, serving

NewGallery = Callable[..., AbstractContextManager[dict[str, str]]]


def wait_for(condition: Callable[[], bool], timeout_s: float = 90) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.slow
def test_the_server_starts_from_nothing_processes_what_is_imported_and_leaves_no_child(
    tmp_path: Path,
) -> None:
    (tmp_path / "photo.jpg").write_bytes(drawn_jpeg(size=(800, 400)))
    environ = child_environ(INSTANCE=str(tmp_path / "instance"))
    with serving(environ) as server:
        assert flask(environ, "import", tmp_path / "photo.jpg", "--album", "A").returncode == 0
        token = admins_token(environ)

        def record() -> dict[str, object]:
            answer = server.request("/api/v1/image_syncs", headers={"Authorization": f"Bearer {token}"})
            found: dict[str, object] = json.loads(answer.body)[0]
            return found

        wait_for(lambda: record()["processed"] is True)
        link = str(record()["original_url"])
        assert link.startswith(f"http://127.0.0.1:{server.port}/image/authenticated/")
        assert (
            server.request(link.partition(str(server.port))[2]).body == (tmp_path / "photo.jpg").read_bytes()
        )
        children = descendants(server.process.pid)
        assert len(children) >= 2
        assert server.stop() == 0
        wait_for(lambda: not any(is_running(pid) for pid in children), 5)


@pytest.mark.slow
def test_the_worker_finds_what_the_queue_forgot(tmp_path: Path) -> None:
    environ = child_environ(INSTANCE=str(tmp_path / "instance"))
    (tmp_path / "photo.jpg").write_bytes(drawn_jpeg())
    assert flask(environ, "import", tmp_path / "photo.jpg", "--album", "A").returncode == 0
    (tmp_path / "instance" / "queue.db").unlink()
    with subprocess.Popen([sys.executable, "-m", "flask", "worker"], env=environ, cwd=ROOT) as worker:
        try:
            wait_for(lambda: any((tmp_path / "instance" / "renditions").rglob("1920-*.jpg")))
        finally:
            worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0


@pytest.mark.slow
def test_a_port_that_is_taken_ends_the_server_with_an_error(tmp_path: Path) -> None:
    environ = child_environ(INSTANCE=str(tmp_path / "instance"))
    with serving(environ) as server:
        second = flask(environ, "serve", "--port", str(server.port))
        assert second.returncode != 0


def test_a_setting_that_cannot_be_used_is_named_and_nothing_starts(tmp_path: Path) -> None:
    environ = child_environ(INSTANCE=str(tmp_path / "instance"), TIME_ZONE="Mars/Olympus")
    result = flask(environ, "serve", "--port", str(free_port()))
    assert result.returncode != 0
    assert "GALLERY_TIME_ZONE" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_killed_serve_leaves_no_process_behind(tmp_path: Path) -> None:
    with serving(child_environ(INSTANCE=str(tmp_path / "instance"))) as server:
        children = descendants(server.process.pid)
        assert len(children) >= 2
        server.process.kill()
        server.process.wait(10)
        wait_for(lambda: not any(is_running(pid) for pid in children), 20)
