"""Strangers' clients, lost connections and a killed server."""

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed

from tests.api.conftest import Site, admin_token
from tests.conftest import NewGallery
from tests.drawing import drawn_jpeg
from tests.serving import ROOT, Server, descendants

PIECE = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A file of 600 kB that no other test has."""
    path = tmp_path / "picture.jpg"
    path.write_bytes(drawn_jpeg() + os.urandom(600_000))
    return path


def original(site: Site, server: Server, name: str) -> bytes:
    """The bytes that the gallery gives back for the one image of this name."""
    records = json.loads(server.request("/api/v1/image_syncs", headers=site.headers).body)
    (record,) = (record for record in records if record["filename"] == name)
    return server.request("/image/" + record["original_url"].partition("/image/")[2]).body


@pytest.mark.slow
def test_tuspy_uploads_and_resumes_with_checksums(site: Site, picture: Path) -> None:
    client = TusClient(f"{site.url}/api/v1/albums/A/uploads", headers=site.headers)
    metadata = {"filename": "from tuspy.jpg", "tags": "a,b"}
    with picture.open("rb") as file:  # of a path it leaves files open
        how = {"file_stream": file, "chunk_size": 100_000, "metadata": metadata, "upload_checksum": True}
        first = client.uploader(**how)
        first.upload(stop_at=300_000)
        second = client.uploader(url=first.url, **how)
        assert second.offset == 300_000
        second.upload()
    assert second.request.response_headers["upload-result"] == "added"
    assert original(site, site.server, "from tuspy") == picture.read_bytes()


def test_tuspy_is_told_of_a_refusal(site: Site) -> None:
    office = BytesIO(b"PK\x03\x04" + bytes(1000))
    client = TusClient(f"{site.url}/api/v1/albums/A/uploads", headers=site.headers)
    with pytest.raises(TusUploadFailed) as failure:
        client.uploader(file_stream=office).upload()
    assert failure.value.status_code == 415
    assert json.loads(failure.value.response_content)["code"] == "unsupported_file"


def test_tus_js_client_uploads_is_interrupted_and_resumes(site: Site, picture: Path) -> None:
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "tus-js-client").exists():
        pytest.skip("needs node and tus-js-client in node_modules; make setup installs it")
    arguments = (f"{site.url}/api/v1/albums/A/uploads", site.headers["Authorization"], picture, "100000")
    done = subprocess.run(
        [node, Path(__file__).with_name("tus_upload.mjs"), *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"resumed": 400_000, "result": "added"}
    assert original(site, site.server, "Brücke") == picture.read_bytes()


def begin(site: Site, server: Server, length: int, name: str) -> str:
    filename = base64.b64encode(name.encode()).decode()
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(length),
        "Upload-Metadata": f"filename {filename}",
    }
    answer = server.request("/api/v1/albums/A/uploads", "POST", site.headers | headers)
    assert answer.status == 201
    place = answer.header("Location")
    assert place
    return place


def offset(site: Site, server: Server, place: str) -> int:
    answer = server.request(place, "HEAD", site.headers | {"Tus-Resumable": "1.0.0"})
    assert answer.status in (200, 423)
    return int(answer.header("Upload-Offset") or -1)


def test_what_arrived_before_the_connection_was_lost_counts(site: Site, picture: Path) -> None:
    content = picture.read_bytes()
    place = begin(site, site.server, len(content), "lost.jpg")
    lines = [f"PATCH {place} HTTP/1.1", "Host: x", f"Content-Length: {len(content)}", "Upload-Offset: 0"]
    lines += [f"{name}: {value}" for name, value in (site.headers | PIECE).items()]
    with socket.create_connection(("127.0.0.1", site.server.port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + content[:250_000])
    while (arrived := offset(site, site.server, place)) <= 0:
        pass
    assert arrived == 250_000
    headers = site.headers | PIECE | {"Upload-Offset": str(arrived)}
    answer = site.server.request(place, "PATCH", headers, content[arrived:])
    assert (answer.status, answer.header("Upload-Result")) == (204, "added")
    assert original(site, site.server, "lost") == content


@pytest.mark.slow
def test_a_killed_server_loses_nothing_that_it_acknowledged(
    new_gallery: NewGallery, tmp_path: Path, picture: Path, server: Callable[..., Server]
) -> None:
    content = picture.read_bytes()
    with new_gallery("sqlite", tmp_path / "instance", SECRET_KEY="s") as environ:
        token = admin_token(environ)
        running = server(**environ)
        site = Site(environ, token, running)
        place = begin(site, running, len(content), "killed.jpg")
        for start, end in ((0, 200_000), (200_000, 400_000)):
            headers = site.headers | PIECE | {"Upload-Offset": str(start)}
            assert running.request(place, "PATCH", headers, content[start:end]).status == 204
            kill(running)
            running = server(**environ)
            assert offset(site, running, place) == end
        headers = site.headers | PIECE | {"Upload-Offset": "400000"}
        assert running.request(place, "PATCH", headers, content[400_000:]).header("Upload-Result") == "added"
        kill(running)
        running = server(**environ)
        asked = running.request(place, "HEAD", site.headers | {"Tus-Resumable": "1.0.0"})
        assert (asked.status, asked.header("Upload-Result")) == (200, "added")
        assert original(site, running, "killed") == content


def kill(server: Server) -> None:
    """As the kernel does it when memory runs out: no process of the server can do anything more."""
    for pid in (server.process.pid, *descendants(server.process.pid)):
        os.kill(pid, signal.SIGKILL)
    server.process.wait(10)
