"""Uploads that can be resumed: the protocol as it goes over the wire."""

import base64
import fcntl
import hashlib
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.jobs import queue_of
from gallery.models.image import Image
from gallery.models.upload import REMEMBERED, ResumableUpload
from gallery.resumable import MAX_OPEN
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg, drawn_pdf
from tests.engines import both_engines

Images = Callable[[], list[Image]]
Stored = Callable[[], list[Path]]
COLLECTION = f"/api/v1/albums/{ALBUM}/uploads"
VERSION = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
CONTENT = drawn_jpeg(size=(400, 300))
HALF = len(CONTENT) // 2


def encoded(**metadata: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())


def begin(program: Program, length: int | str = len(CONTENT), **headers: str) -> TestResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return program.call("POST", COLLECTION, headers=VERSION | {"Upload-Length": str(length)} | names)


def patch(program: Program, place: str, offset: int | str, body: bytes, **headers: str) -> TestResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return program.call(
        "PATCH",
        place,
        headers=VERSION | {"Upload-Offset": str(offset)} | names,
        data=body,
        content_type=PIECE,
    )


def head(program: Program, place: str) -> TestResponse:
    return program.call("HEAD", place, headers=VERSION)


def begun(program: Program, content: bytes = CONTENT, **metadata: str) -> str:
    answer = begin(program, len(content), Upload_Metadata=encoded(**metadata))
    assert answer.status_code == 201, answer.data
    return answer.headers["Location"]


def assert_named(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.json and answer.json["code"]) == (status, code)
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_anybody_is_told_what_the_server_can_do(client: Any, settings: Settings) -> None:
    for path in (COLLECTION, "/api/v1/uploads", "/api/v1/uploads/some-id"):
        answer = client.options(path)
        assert (answer.status_code, answer.data) == (204, b"")
        assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
        assert answer.headers["Tus-Max-Size"] == str(settings.max_upload_bytes)
        assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"
        assert (
            answer.headers["Tus-Extension"] == "creation,creation-with-upload,checksum,expiration,termination"
        )


@both_engines
def test_a_file_in_two_pieces_becomes_an_image(program: Program, images: Images, stored: Stored) -> None:
    said = encoded(
        filename="../Brücke.jpg", filetype="image/evil", tags="a,b", title="T", description="D",
        metadatas='{"k": [1]}', latitude="48.5", longitude="2.25", accuracy="10",
    )  # fmt: skip
    created = begin(program, Upload_Metadata=said)
    place = created.headers["Location"]
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "0")
    assert created.headers["Upload-Expires"].endswith(" GMT")
    first = patch(program, place, 0, CONTENT[:HALF])
    assert (first.status_code, first.headers["Upload-Offset"], first.data) == (204, str(HALF), b"")
    assert "Upload-Expires" in first.headers
    assert "Upload-Result" not in first.headers
    between = head(program, place)
    assert (between.status_code, between.headers["Upload-Offset"]) == (200, str(HALF))
    assert (between.headers["Upload-Length"], between.headers["Upload-Metadata"]) == (str(len(CONTENT)), said)
    assert "no-store" in between.headers["Cache-Control"]
    assert images() == []
    last = patch(program, place, HALF, CONTENT[HALF:])
    (image,) = images()
    for answer in (last, head(program, place)):
        assert answer.headers["Upload-Offset"] == str(len(CONTENT))
        assert (answer.headers["Upload-Result"], answer.headers["Upload-Images"]) == ("added", image.id)
    assert last.status_code == 204
    assert last.headers["X-token"]
    assert [path.read_bytes() for path in stored()] == [CONTENT]
    (record,) = program.call("GET", "/api/v1/image_syncs").json
    assert (record["filename"], record["tag_names"], record["title"]) == ("Brücke", ["a", "b"], "T")
    assert (record["metadatas"], record["gps_html"]) == ({"k": [1]}, [48.5, 2.25])
    assert record["infos"]["location"] == {"accuracy": 10.0, "latitude": 48.5, "longitude": 2.25}
    assert queue_of(program.app).huey.pending_count() == 1


def test_bytes_that_the_album_has_are_already_there(program: Program, images: Images) -> None:
    program.upload(CONTENT)
    answer = patch(program, begun(program), 0, CONTENT)
    assert (answer.status_code, answer.headers["Upload-Result"]) == (204, "already-there")
    assert [image.id for image in images()] == [answer.headers["Upload-Images"]]


def test_the_creation_may_bring_the_file(program: Program) -> None:
    answer = program.call(
        "POST",
        COLLECTION,
        headers=VERSION | {"Upload-Length": str(len(CONTENT))},
        data=CONTENT,
        content_type=PIECE,
    )
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert answer.headers["Upload-Result"] == "added"
    assert head(program, answer.headers["Location"]).headers["Upload-Result"] == "added"


def test_every_page_of_a_file_is_told(program: Program, images: Images) -> None:
    content = drawn_pdf(3)
    answer = patch(program, begun(program, content), 0, content)
    assert answer.headers["Upload-Images"] == ",".join(image.id for image in images())
    assert len(images()) == 3


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"PK\x03\x04 office", 415, "unsupported_file"), (b"\xff\xd8\xff rubbish", 422, "corrupt_file")],
)
def test_a_refusal_is_named_ends_the_upload_and_is_remembered(
    program: Program, stored: Stored, images: Images, content: bytes, status: int, code: str
) -> None:
    place = begun(program, content)
    answer = patch(program, place, 0, content)
    assert_named(answer, status, code)
    assert answer.headers["Upload-Result"] == "refused"
    asked = head(program, place)
    assert (asked.status_code, asked.headers["Upload-Result"]) == (status, "refused")
    assert_named(patch(program, place, 0, content), status, code)
    assert (stored(), images()) == ([], [])


@pytest.mark.parametrize(
    ("header", "value", "status", "code"),
    [
        ("Tus-Resumable", "0.2.2", 412, "wrong_tus_version"),
        ("Tus-Resumable", "", 412, "wrong_tus_version"),
        ("Upload-Length", "", 400, "bad_upload_header"),
        ("Upload-Length", "-1", 400, "bad_upload_header"),
        ("Upload-Length", "9" * 30, 400, "bad_upload_header"),
        ("Upload-Length", "0", 415, "unsupported_file"),
        ("Upload-Length", str(2**40), 413, "too_large"),
        ("Upload-Metadata", "filename !!!", 400, "bad_upload_metadata"),
        ("Upload-Metadata", "a YQ==,a YQ==", 400, "bad_upload_metadata"),
        ("Upload-Metadata", "ä YQ==", 400, "bad_upload_metadata"),
        ("Upload-Metadata", encoded(latitude="91", longitude="0"), 422, "bad_location"),
        ("Upload-Metadata", encoded(metadatas="[]"), 422, "bad_metadatas"),
    ],
)
def test_a_creation_that_cannot_end_well_is_refused(
    program: Program, stored: Stored, header: str, value: str, status: int, code: str
) -> None:
    assert_named(begin(program, **{header: value}), status, code)
    assert stored() == []


@pytest.mark.parametrize(
    ("header", "value", "status", "code"),
    [
        ("Tus-Resumable", "2.0.0", 412, "wrong_tus_version"),
        ("Content-Type", "image/jpeg", 415, "wrong_content_type"),
        ("Upload-Offset", "1", 409, "offset_conflict"),
        ("Upload-Offset", "", 400, "bad_upload_header"),
        ("Upload-Offset", "x", 400, "bad_upload_header"),
        ("Upload-Checksum", "crc32 AAAA", 400, "bad_upload_header"),
        ("Upload-Checksum", "sha1 !!!", 400, "bad_upload_header"),
        ("Upload-Checksum", "sha1 " + base64.b64encode(b"x" * 20).decode(), 460, "checksum_mismatch"),
    ],
)
def test_a_piece_that_is_wrong_is_refused_and_changes_nothing(
    program: Program, header: str, value: str, status: int, code: str
) -> None:
    place = begun(program)
    headers = VERSION | {"Upload-Offset": "0", "Content-Type": PIECE} | {header: value}
    answer = program.call("PATCH", place, headers=headers, data=CONTENT[:10])
    assert_named(answer, status, code)
    assert ("Tus-Version" in answer.headers) == (status == 412)
    assert head(program, place).headers["Upload-Offset"] == "0"
    assert patch(program, place, 0, CONTENT).headers["Upload-Result"] == "added"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_right_checksum_is_accepted(program: Program, algorithm: str, settings: Settings) -> None:
    digest = base64.b64encode(hashlib.new(algorithm, CONTENT[:HALF]).digest()).decode()
    place = begun(program)
    assert (
        patch(program, place, 0, CONTENT[:HALF], Upload_Checksum=f"{algorithm} {digest}").status_code == 204
    )
    assert len(list(settings.incoming_uploads.iterdir())) == 1


def test_more_bytes_than_announced_are_refused_and_none_of_them_counts(program: Program) -> None:
    place = begun(program)
    patch(program, place, 0, CONTENT[:HALF])
    assert_named(patch(program, place, HALF, CONTENT[HALF:] + b"x"), 413, "too_large")
    assert_named(patch(program, place, HALF, CONTENT * 2), 413, "too_large")
    for extra in (1, 2, 10**6):
        answer = program.call(
            "PATCH", place, headers=VERSION | {"Upload-Offset": str(HALF)}, content_type=PIECE,
            input_stream=BytesIO(CONTENT[HALF:] + b"x" * extra),
            environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
        )  # fmt: skip
        assert_named(answer, 413, "too_large")
    assert head(program, place).headers["Upload-Offset"] == str(HALF)


@both_engines
def test_another_persons_upload_is_not_there(program: Program, stranger: Program, make_album: Any) -> None:
    place = begun(program)
    for answer in (
        head(stranger, place),
        patch(stranger, place, 0, CONTENT),
        stranger.call("DELETE", place, headers=VERSION),
    ):
        assert answer.status_code == 404
        assert "Upload-Offset" not in answer.headers
    for place in ("/api/v1/uploads/nothing", "/api/v1/uploads/%00%ff"):
        assert head(program, place).status_code == 404
    assert head(program, begun(program)).status_code == 200


def test_who_may_not_add_is_told_nothing(
    program: Program, stranger: Program, client: Any, app: Flask
) -> None:
    assert (begin(stranger).status_code, begin(stranger).headers["X-message"]) == (401, "Access denied")
    assert client.post(COLLECTION, headers=VERSION).status_code == 401
    place = begun(program)
    with app.app_context():
        begin_write()
        upload = db.session.scalars(sa.select(ResumableUpload)).one()
        upload.album.dismiss(upload.user)
        db.session.commit()
    assert patch(program, place, 0, CONTENT).status_code == 401


@both_engines
def test_a_terminated_upload_is_gone_with_its_bytes(program: Program, stored: Stored, images: Images) -> None:
    place = begun(program)
    patch(program, place, 0, CONTENT[:HALF])
    answer = program.call("DELETE", place, headers=VERSION)
    assert (answer.status_code, answer.data) == (204, b"")
    assert (head(program, place).status_code, stored()) == (404, [])
    whole = begun(program)
    patch(program, whole, 0, CONTENT)
    assert program.call("DELETE", whole, headers=VERSION).status_code == 204
    assert len(images()) == len(stored()) == 1


def test_a_client_that_may_only_post_says_what_it_means(program: Program) -> None:
    place = begun(program)
    for method, status in (("PATCH", 204), ("HEAD", 200), ("DELETE", 204), ("PUT", 405), ("", 405)):
        headers = VERSION | {"Upload-Offset": "0", "X-HTTP-Method-Override": method}
        assert (
            program.call("POST", place, headers=headers, data=CONTENT[:5], content_type=PIECE).status_code
            == status
        )


def test_an_upload_that_somebody_works_on_is_locked(program: Program, settings: Settings) -> None:
    place = begun(program)
    (path,) = settings.incoming_uploads.iterdir()
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert_named(patch(program, place, 0, CONTENT), 423, "upload_locked")
        assert head(program, place).status_code == 423
        assert program.call("DELETE", place, headers=VERSION).status_code == 423
        queue_of(program.app).look_after_uploads()
    assert patch(program, place, 0, CONTENT).status_code == 204


@both_engines
def test_one_person_may_have_a_thousand_unfinished_uploads(
    program: Program, app: Flask, settings: Settings
) -> None:
    begun(program)
    with app.app_context():
        begin_write()
        first = db.session.scalars(sa.select(ResumableUpload)).one()
        row = {name: getattr(first, name) for name in ("user_number", "album_number", "length_bytes")}
        db.session.execute(sa.insert(ResumableUpload), [row] * (MAX_OPEN - 2))
        db.session.commit()
    last = begun(program)
    assert_named(begin(program), 429, "too_many_uploads")
    assert len(list(settings.incoming_uploads.iterdir())) == 2
    program.call("DELETE", last, headers=VERSION)
    assert begin(program).status_code == 201
    age(app, timedelta(days=1))
    assert begin(program).status_code == 201


def age(app: Flask, by: timedelta) -> None:
    with app.app_context():
        begin_write()
        db.session.execute(sa.update(ResumableUpload).values(expires_at=datetime.now(UTC) - by))
        db.session.commit()


@both_engines
def test_an_expired_upload_is_gone_and_the_worker_removes_it(
    program: Program, stored: Stored, app: Flask
) -> None:
    place = begun(program)
    patch(program, place, 0, CONTENT[:HALF])
    age(app, timedelta(seconds=1))
    assert_named(patch(program, place, HALF, CONTENT[HALF:]), 410, "upload_gone")
    assert len(stored()) == 1
    queue_of(app).look_after_uploads()
    assert stored() == []
    assert head(program, place).status_code == 410
    age(app, REMEMBERED + timedelta(seconds=1))
    queue_of(app).look_after_uploads()
    assert head(program, place).status_code == 404


@pytest.mark.parametrize("by_whom", ["head", "worker", "patch"])
def test_an_upload_that_was_whole_when_the_server_died_is_ended_later(
    program: Program, settings: Settings, stored: Stored, images: Images, by_whom: str
) -> None:
    place = begun(program)
    (path,) = settings.incoming_uploads.iterdir()
    path.write_bytes(CONTENT)
    if by_whom == "worker":
        age(program.app, timedelta(days=1))
        queue_of(program.app).look_after_uploads()
    elif by_whom == "patch":
        assert patch(program, place, len(CONTENT), b"").headers["Upload-Result"] == "added"
    answer = head(program, place)
    assert (answer.status_code, answer.headers["Upload-Result"]) == (200, "added")
    assert len(images()) == len(stored()) == queue_of(program.app).huey.pending_count() == 1
    assert patch(program, place, len(CONTENT), b"").status_code == 204
    assert patch(program, place, 0, b"x").status_code == 409


def test_bytes_that_are_gone_are_said_to_be(program: Program, settings: Settings) -> None:
    place = begun(program)
    next(settings.incoming_uploads.iterdir()).unlink()
    assert_named(patch(program, place, 0, CONTENT), 410, "upload_gone")
    assert program.call("DELETE", place, headers=VERSION).status_code == 204


def test_the_worker_removes_stray_files_once_they_are_old(program: Program, settings: Settings) -> None:
    begun(program)
    old, young = settings.incoming_uploads / "old.unverified", settings.incoming_uploads / "young"
    old.touch()
    young.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    queue_of(program.app).look_after_uploads()
    assert len(list(settings.incoming_uploads.iterdir())) == 2
    assert young.exists()


@pytest.mark.slow
@both_engines
def test_of_many_uploads_of_one_file_one_adds_it(program: Program, images: Images, stored: Stored) -> None:
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: patch(program, begun(program), 0, CONTENT), range(32)))
    assert sorted(answer.headers["Upload-Result"] for answer in answers) == ["added"] + ["already-there"] * 31
    assert len(images()) == len(stored()) == 1


def test_of_many_who_send_one_piece_all_others_are_told(program: Program, images: Images) -> None:
    place = begun(program)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: patch(program, place, 0, CONTENT), range(16)))
    assert {answer.status_code for answer in answers} <= {204, 409, 423}
    assert head(program, place).headers["Upload-Result"] == "added"
    assert len(images()) == 1
