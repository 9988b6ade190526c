"""Pages travel compressed, to those who take it."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("gzip;q=0", None),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
        ("\x01 gzip;q=x;;,", None),
    ],
)
@pytest.mark.parametrize("path", ["/", "/assets/styles.css?v=1", "/static/js/header.js?v=1", "/nothing"])
def test_an_answer_comes_as_the_caller_takes_it(
    visitor: FlaskClient, path: str, accepted: str, coding: str | None
) -> None:
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    answer = visitor.get(path, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert decode(answer.data)[:1] in (b"<", b":", b"/", b"\n")


def test_what_programs_get_is_left_as_it_is(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/openapi.json", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers


def test_an_app_can_be_kept_and_says_when_there_is_no_network(client: FlaskClient) -> None:
    manifest = client.get("/manifest.webmanifest").json
    assert manifest is not None
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200
    assert "No network" in client.get("/offline").text
    worker = client.get("/service-worker.js")
    assert worker.mimetype == "text/javascript"
    assert "/offline" in worker.text
