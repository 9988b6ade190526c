"""The real server, killed with all it started while it takes uploads, loses nothing it answered for."""

import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from gallery import create_app
from gallery.config import load_settings
from tests.accounts import admins_token
from tests.faults.nursery import wait_until
from tests.faults.witness import fsck, half_visible, rows, stored_bytes, undocumented
from tests.serving import Server, child_environ, descendants, is_running, serving

pytestmark = pytest.mark.slow

ROUNDS = 20
UPLOADERS = 3
NewFiles = Callable[..., list[Path]]


def upload(server: Server, token: str, path: Path) -> str | None:
    """The id that the server answered with; None: it answered nothing, or no."""
    form = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        + path.read_bytes()
        + b"\r\n--line--\r\n"
    )
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=line",
    }
    answer = server.request("/api/v1/albums/A/images", "POST", headers, form)
    return str(json.loads(answer.body)[0]["id"]) if answer.status == 201 else None


def upload_all(server: Server, token: str, files: list[Path], answered: dict[str, Path]) -> None:
    for path in files:
        with suppress(OSError, HTTPException):
            if image_id := upload(server, token, path):
                answered[image_id] = path
                continue
        return


def kill_all(server: Server) -> None:
    """The server, its worker and their children, at one moment."""
    pids = [server.process.pid, *descendants(server.process.pid)]
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    server.process.wait(10)
    wait_until(lambda: not any(is_running(pid) for pid in pids))


def test_no_answered_upload_is_lost_when_the_server_is_killed(
    environ: dict[str, str], new_files: NewFiles, record_property: Callable[..., None]
) -> None:
    instance, variables = Path(environ["INSTANCE"]), child_environ(**environ)
    token, answered, interrupted = "", dict[str, Path](), 0
    for _ in range(ROUNDS):
        with serving(variables) as server:
            token = token or make_album_and_token(variables)
            before = len(answered)
            files = [new_files(60) for _ in range(UPLOADERS)]
            uploaders = [
                threading.Thread(target=upload_all, args=(server, token, own, answered)) for own in files
            ]
            for uploader in uploaders:
                uploader.start()
            wait_until(lambda before=before: len(answered) > before)
            time.sleep(random.uniform(0, 0.2))
            kill_all(server)
            for uploader in uploaders:
                uploader.join(30)
            interrupted += len(answered) - before < 60 * UPLOADERS
        assert half_visible(instance) == []
    record_property("answered", len(answered))
    assert interrupted == ROUNDS, "a round was over before the kill"
    lost = [
        path for image_id, path in answered.items() if stored_bytes(instance, image_id) != path.read_bytes()
    ]
    assert (lost, undocumented(instance)) == ([], [])
    with serving(variables):
        wait_until(lambda: rows(instance, "SELECT id FROM image WHERE NOT processed") == [], timeout_s=240)
    status, kinds = fsck(environ, "--repair")
    assert (status, set(kinds) <= {"orphaned-original"}) == (0, True)


def make_album_and_token(variables: dict[str, str]) -> str:
    app = create_app(load_settings(variables))
    result = app.test_cli_runner().invoke(args=["album", "add", "A"])
    assert result.exit_code == 0, result.output
    return admins_token(variables)
