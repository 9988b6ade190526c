"""`flask pull URL`: two real servers in sync."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import admin_token
from tests.conftest import NewGallery
from tests.drawing import drawn_jpeg
from tests.serving import ROOT, Server, child_environ, flask, serving

pytestmark = pytest.mark.slow
COLOURS = iter((number * 7 % 250, number * 13 % 250, number * 29 % 250) for number in range(10_000))


@dataclass(frozen=True, slots=True)
class Pair:
    """A server, and a gallery that mirrors it."""

    remote: Server
    token: str
    environ: dict[str, str]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def bring(self, count: int) -> list[str]:
        """Upload so many pictures there; their ids."""
        return [self._bring_one() for _ in range(count)]

    def _bring_one(self) -> str:
        boundary = "b0undary"
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="tags"\r\n\r\nroof,north\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        ).encode()
        body += drawn_jpeg(next(COLOURS)) + f"\r\n--{boundary}--\r\n".encode()
        headers = self.headers | {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        answer = self.remote.request("/api/v1/albums/A/images", "POST", headers, body)
        assert answer.status == 201, answer.body
        image_id: str = json.loads(answer.body)[0]["id"]
        return image_id

    def command(self, *options: str) -> list[str]:
        """The words of a pull."""
        url = f"http://127.0.0.1:{self.remote.port}"
        return ["pull", url, "--token", self.token, "--json", *options]

    def pull(self, *options: str) -> tuple[int, dict[str, Any]]:
        """Run it to its end: the exit status, and what it says."""
        done = flask(child_environ(**self.environ), *self.command(*options))
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def there(self) -> list[dict[str, Any]]:
        """Every record of the other server, in order."""
        return unsigned(self.remote.request("/api/v1/image_syncs", headers=self.headers).body)

    def here(self) -> list[dict[str, Any]]:
        """Every record of the mirror, in order."""
        with closing(sqlite3.connect(Path(self.environ["INSTANCE"]) / "gallery.db")) as connection:
            bodies = connection.execute(
                "SELECT body FROM sync_document WHERE deleted_at IS NULL "
                "ORDER BY position, created_at, image_id"
            ).fetchall()
        return unsigned(b"[" + b",".join(body for (body,) in bodies) + b"]")


def unsigned(body: bytes) -> list[dict[str, Any]]:
    """The records without the links, which each server makes for itself."""
    records: list[dict[str, Any]] = json.loads(body)
    for record in records:
        for key in ("original_url", "external_urls", "thumbnails"):
            del record[key]
    return records


@pytest.fixture
def pair(new_gallery: NewGallery, tmp_path: Path) -> Iterator[Pair]:
    with (
        new_gallery("sqlite", tmp_path / "there", SECRET_KEY="s") as there,
        new_gallery("sqlite", tmp_path / "here", SECRET_KEY="another") as here,
    ):
        token = admin_token(there)
        with serving(child_environ(**there)) as remote:
            yield Pair(remote, token, here)


def settled(pair: Pair) -> None:
    """Wait until every image there is processed."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if all(record["processed"] for record in pair.there()):
            return
        time.sleep(0.2)
    raise AssertionError("the images were not processed")


def test_a_mirror_has_the_same_records_and_originals_and_a_second_pull_changes_nothing(pair: Pair) -> None:
    pair.bring(3)
    settled(pair)
    status, said = pair.pull("--originals")
    assert (status, said["created"], said["originals"]) == (0, 3, 3), said
    assert pair.here() == pair.there()
    status, said = pair.pull("--originals")
    assert (status, said["created"], said["replaced"], said["originals"]) == (0, 0, 0, 0), said
    kept = {path.name for path in Path(pair.environ["INSTANCE"], "originals").rglob("*") if path.is_file()}
    given = {path.name for path in Path(pair.remote.environ["GALLERY_INSTANCE"], "originals").rglob("*")}
    assert len(kept & given) >= 3


def test_what_changes_and_goes_there_changes_and_goes_here(pair: Pair) -> None:
    first, second, third = pair.bring(3)
    settled(pair)
    assert pair.pull()[0] == 0
    json_headers = pair.headers | {"Content-Type": "application/json"}
    pair.remote.request(
        f"/api/v1/images/{first}", "PUT", json_headers, b'{"title":"A \\u0026 B","tags":["x"]}'
    )
    pair.remote.request(f"/api/v1/images/{second}", "DELETE", pair.headers)
    status, said = pair.pull()
    assert (status, said["replaced"], said["deleted"]) == (0, 1, 1), said
    assert {record["id"] for record in pair.here()} == {first, third}
    assert pair.here() == pair.there()
    pair.remote.request(f"/api/v1/trashed_images/{second}/restoration", "POST", pair.headers)
    assert pair.pull()[0] == 0
    assert pair.here() == pair.there()
    assert len(pair.here()) == 3


def test_a_pull_that_is_killed_goes_on_where_it_was(pair: Pair) -> None:
    pair.bring(8)
    settled(pair)
    for delay_s in (0.9, 1.2, 1.5):
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", *pair.command("--originals")],
            cwd=ROOT,
            env=child_environ(**pair.environ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay_s)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    status, said = pair.pull("--originals")
    assert status == 0, said
    assert pair.here() == pair.there()


def test_a_server_that_refuses_the_token_is_named_and_nothing_changes(pair: Pair) -> None:
    command = pair.command()
    command[command.index("--token") + 1] = "wrong"
    done = flask(child_environ(**pair.environ), *command)
    assert done.returncode == 1
    assert "does not accept the token" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_image_of_our_own_with_the_same_id_is_not_touched(pair: Pair, tmp_path: Path) -> None:
    (image_id,) = pair.bring(1)
    settled(pair)
    payload = json.loads(pair.remote.request("/api/v1/image_syncs", headers=pair.headers).body)
    payload[0]["title"] = "ours"
    path = tmp_path / "payload.json"
    path.write_text(json.dumps(payload))
    flask(child_environ(**pair.environ), "pull", "--file", path)
    status, said = pair.pull()
    assert status == 1
    assert [found[0] for found in said["refused"]] == [image_id]
    assert [record["title"] for record in pair.here()] == ["ours"]
