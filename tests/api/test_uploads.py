"""One file by a form."""

import errno
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gallery import create_app
from gallery.config import load_settings
from gallery.db import db
from gallery.errors import StorageFull
from gallery.jobs import queue_of
from gallery.media.room import naming_full_disk, require_room
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.particulars import BadLocation, BadMetadatas, read_particulars
from tests.api.conftest import ALBUM, Program, Site, admin_token
from tests.conftest import NewGallery, close
from tests.drawing import drawn_jpeg, drawn_pdf
from tests.engines import both_engines

Images = Callable[[], list[Image]]
Stored = Callable[[], list[Path]]
SYNC_ONLY = {"tag_names", "user_sfid"}


def sync_record(program: Program, image_id: str) -> dict[str, Any]:
    record: dict[str, Any] = program.call("GET", f"/api/v1/image_syncs?ids={image_id}").json[0]
    return record


def test_a_new_file_is_answered_with_its_record(program: Program, stored: Stored) -> None:
    content = drawn_jpeg()
    answer = program.upload(
        content,
        name="Brücke.jpg",
        tags=["north", "a, b"],
        title="T & <t>",
        description="D",
        metadatas='{"z": 1, "a": [1.5, null]}',
        **{
            "location[latitude]": "48.861934399999996",
            "location[longitude]": "2.33",
            "location[accuracy]": "12",
        },
    )
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["X-token"]
    assert rb"T \u0026 \u003ct\u003e" in answer.data
    assert "Brücke".encode() in answer.data
    (record,) = answer.json
    synced = sync_record(program, record["id"])
    assert synced.keys() - record.keys() == SYNC_ONLY
    assert record == {key: value for key, value in synced.items() if key not in SYNC_ONLY}
    assert list(record) == [key for key in synced if key not in SYNC_ONLY]
    assert (synced["tag_names"], synced["user_sfid"]) == (["north", "a", "b"], "005A")
    assert (record["filename"], record["title"], record["description"]) == ("Brücke", "T & <t>", "D")
    assert record["metadatas"] == {"z": 1, "a": [1.5, None]}
    assert record["infos"]["location"] == {
        "accuracy": 12.0,
        "latitude": 48.861934399999996,
        "longitude": 2.33,
    }
    assert record["gps"] == record["gps_html"] == [48.861934399999996, 2.33]
    assert record["processed"] is False
    assert [path.read_bytes() for path in stored()] == [content]
    assert queue_of(program.app).huey.pending_count() == 1


def test_a_file_of_several_pages_is_as_many_images(program: Program) -> None:
    content = drawn_pdf(3)
    answer = program.upload(content)
    assert answer.status_code == 201
    assert [record["page"] for record in answer.json] == [1, 2, 3]
    assert len({record["group_id"] for record in answer.json}) == 1
    again = program.upload(content)
    assert [record["id"] for record in again.json] == [record["id"] for record in answer.json]


def test_the_same_bytes_again_are_the_image_already_there(
    program: Program, images: Images, stored: Stored
) -> None:
    first = program.upload(drawn_jpeg())
    again = program.upload(drawn_jpeg(), name="other.jpg", title="other")
    assert (again.status_code, again.data) == (200, first.data)
    assert len(images()) == len(stored()) == 1
    assert queue_of(program.app).huey.pending_count() == 1


def test_bytes_brought_again_replace_a_lost_original(program: Program, stored: Stored) -> None:
    program.upload(drawn_jpeg())
    stored()[0].unlink()
    assert program.upload(drawn_jpeg()).status_code == 200
    assert [path.read_bytes() for path in stored()] == [drawn_jpeg()]


@pytest.mark.parametrize("album_id", [ALBUM, "other", "~b3RoZXI"])
def test_who_may_not_add_is_told_nothing(stranger: Program, program: Program, album_id: str) -> None:
    answer = stranger.upload(drawn_jpeg(), album_id)
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["X-message"] == "Access denied"
    assert "X-token" not in answer.headers


def test_an_admin_adds_anywhere_and_hears_of_a_mistyped_album(
    app: Flask, program: Program, make_user: Callable[..., User], token_of: Callable[[User], str]
) -> None:
    admin = Program(app, token_of(make_user("admin@example.org", Role.ADMIN)))
    assert admin.upload(drawn_jpeg()).status_code == 201
    missing = admin.upload(drawn_jpeg(), "mistyped")
    assert (missing.status_code, missing.json["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("content", "fields", "status", "code"),
    [
        (None, {}, 422, "no_file"),
        (b"", {}, 415, "unsupported_file"),
        (b"PK\x03\x04", {}, 415, "unsupported_file"),
        (b"\xff\xd8\xff rubbish", {}, 422, "corrupt_file"),
        (drawn_jpeg(), {"location": "{}x"}, 422, "bad_location"),
        (drawn_jpeg(), {"location[latitude]": "91", "location[longitude]": "0"}, 422, "bad_location"),
        (drawn_jpeg(), {"location[latitude]": "1"}, 422, "bad_location"),
        (drawn_jpeg(), {"location[accuracy]": "1"}, 422, "bad_location"),
        (drawn_jpeg(), {"metadatas": "[]"}, 422, "bad_metadatas"),
        (drawn_jpeg(), {"metadatas": '{"a": 1e999}'}, 422, "bad_metadatas"),
        (drawn_jpeg(), {"metadatas": "x" * (1024 * 1024 + 1)}, 413, "too_large"),
    ],
)
def test_what_cannot_be_kept_is_named_and_leaves_nothing(
    program: Program,
    images: Images,
    stored: Stored,
    content: bytes | None,
    fields: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = program.upload(content, **fields)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["detail"].endswith(".")
    assert answer.headers["X-token"]
    assert (images(), stored()) == ([], [])


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("application/json", b"{}", "no_file"),
        ("text/plain; charset=\xff", b"", "no_file"),
        ("application/x-www-form-urlencoded", b"file=x", "no_file"),
        ("multipart/form-data", b"x", "bad_form"),
        ("multipart/form-data; boundary=b", b"", "no_file"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx',
            "bad_form",
        ),
    ],
)
def test_a_body_that_is_no_whole_form_is_named(
    program: Program, content_type: str, body: bytes, code: str
) -> None:
    answer = program.call("POST", f"/api/v1/albums/{ALBUM}/images", data=body, content_type=content_type)
    assert (answer.status_code, answer.json["code"]) == (422 if code == "no_file" else 400, code)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\x\\y.jpg",
        "\x1b[31m\x7f.jpg",
        "a\x00.jpg",
        "..",
        ".jpg",
        "x" * 5000 + ".jpg",
        "\u202egpj.exe",
        "{{7*7}}.jpg",
        '";filename="b.jpg',
    ],
)
def test_a_hostile_name_is_only_a_name(program: Program, settings: Any, stored: Stored, name: str) -> None:
    answer = program.upload(drawn_jpeg(), name=name)
    assert answer.status_code == 201
    (record,) = answer.json
    assert not set(record["filename"]) & set("/\\\r\n\x00")
    assert 1 <= len(record["filename"]) <= 255
    assert [path.is_relative_to(settings.originals) for path in stored()] == [True]
    download = program.call("GET", record["original_url"].removeprefix(settings.public_url))
    assert (download.status_code, download.data) == (200, drawn_jpeg())


@pytest.fixture
def environ(
    request: pytest.FixtureRequest, new_gallery: NewGallery, engine: str, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """With the settings that a test asks for by `indirect`."""
    more = getattr(request, "param", {})
    with new_gallery(engine, tmp_path / "instance", SECRET_KEY="a secret", **more) as environ:
        yield environ


@pytest.mark.parametrize("environ", [{"MAX_UPLOAD_BYTES": str(len(drawn_jpeg()))}], indirect=True)
def test_a_file_of_just_the_most_bytes_is_kept_and_one_more_is_not(program: Program, stored: Stored) -> None:
    assert program.upload(drawn_jpeg() + b"x").json["code"] == "too_large"
    assert stored() == []
    assert program.upload(drawn_jpeg()).status_code == 201
    announced = program.upload(b"x" * (1024 * 1024 + len(drawn_jpeg()) + 1))
    assert (announced.status_code, announced.json["code"]) == (413, "too_large")


@pytest.mark.parametrize("environ", [{"KEEP_FREE_BYTES": str(2**60)}], indirect=True)
def test_the_reserve_of_the_disk_is_not_touched(program: Program, images: Images, stored: Stored) -> None:
    answer = program.upload(drawn_jpeg())
    assert (answer.status_code, answer.json["code"]) == (507, "storage_full")
    assert "full" in answer.json["detail"]
    assert (images(), stored()) == ([], [])


def test_a_full_disk_has_one_name(tmp_path: Path) -> None:
    for number in (errno.ENOSPC, errno.EDQUOT):
        with pytest.raises(StorageFull), naming_full_disk():
            raise OSError(number, os.strerror(number))
    with pytest.raises(PermissionError), naming_full_disk():
        raise PermissionError(errno.EACCES, "no")
    with pytest.raises(StorageFull):
        require_room(tmp_path / "a" / "b", 2**60, 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.getuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("size_bytes", [1_000_000, 2_000_000, 4_000_000])
def test_on_a_full_disk_nothing_is_kept_and_nothing_is_left(
    small_disk: Path, new_gallery: NewGallery, tmp_path: Path, size_bytes: int
) -> None:
    kept_free = 2_500_000 if size_bytes < 1_500_000 else 0
    more = {"STORAGE_URL": f"file://{small_disk}", "KEEP_FREE_BYTES": str(kept_free)}
    with new_gallery("sqlite", tmp_path / "instance", **more) as environ:
        program = Program(
            app := create_app(load_settings({f"GALLERY_{k}": v for k, v in environ.items()})),
            admin_token(environ),
        )
        (small_disk / "incoming").mkdir()
        before = os.statvfs(small_disk).f_bfree
        require_free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        assert require_free > size_bytes or size_bytes == 4_000_000
        answer = program.upload(drawn_jpeg() + b"\0" * size_bytes, "A")
        assert (answer.status_code, answer.json["code"]) == (507, "storage_full")
        assert [path for path in small_disk.rglob("*") if path.is_file()] == []
        assert os.statvfs(small_disk).f_bfree == before
        close(app)


def test_a_disk_that_fills_up_while_the_body_comes_in_is_named(
    small_disk: Path, new_gallery: NewGallery, tmp_path: Path
) -> None:
    """Without a Content-Length nothing can be refused in advance."""
    with new_gallery(
        "sqlite", tmp_path / "instance", STORAGE_URL=f"file://{small_disk}", KEEP_FREE_BYTES="0"
    ) as environ:
        app = create_app(load_settings({f"GALLERY_{k}": v for k, v in environ.items()}))
        program = Program(app, admin_token(environ))
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        body = head + drawn_jpeg() + b"\0" * 5_000_000 + b"\r\n--b--\r\n"
        for length in (5_000_000, 2_000_000):
            body = head + drawn_jpeg() + b"\0" * length + b"\r\n--b--\r\n"
            answer = program.call(
                "POST", "/api/v1/albums/A/images", input_stream=BytesIO(body),
                environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
                content_type="multipart/form-data; boundary=b",
            )  # fmt: skip
            assert (answer.status_code, answer.json["code"]) == (507, "storage_full"), length
            assert [path for path in small_disk.rglob("*") if path.is_file()] == []
        close(app)


@pytest.mark.slow
def test_a_full_disk_of_the_database_is_named_and_nothing_is_recorded(
    small_disk: Path, new_gallery: NewGallery, tmp_path: Path
) -> None:
    more = {"STORAGE_URL": f"file://{tmp_path / 'originals'}", "KEEP_FREE_BYTES": "0"}
    with new_gallery("sqlite", small_disk / "i", **more) as environ:
        app = create_app(load_settings({f"GALLERY_{k}": v for k, v in environ.items()}))
        program = Program(app, admin_token(environ))
        assert program.upload(drawn_jpeg(), "A").status_code == 201
        with tempfile.NamedTemporaryFile(dir=small_disk) as filling:
            with suppress(OSError):
                while True:
                    os.write(filling.fileno(), b"\0" * 4096)
            assert os.statvfs(small_disk).f_bavail == 0
            answers = [
                program.upload(drawn_jpeg((9, 9, n)), "A", description="x" * 100_000) for n in range(3)
            ]
        assert {(a.status_code, a.json["code"]) for a in answers} == {(507, "storage_full")}
        assert len(program.call("GET", "/api/v1/image_syncs").json) == 1
        assert program.upload(drawn_jpeg((9, 9, 1)), "A").status_code == 201
        close(app)


@both_engines
def test_of_many_that_bring_one_file_one_adds_it(program: Program, images: Images, stored: Stored) -> None:
    content = drawn_jpeg()
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda n: program.upload(content, tags=["new", f"t{n % 3}"]), range(32)))
    assert sorted(answer.status_code for answer in answers) == [200] * 31 + [201]
    assert len({answer.data for answer in answers}) == 1
    assert len(images()) == len(stored()) == 1


@both_engines
def test_new_tags_brought_to_several_albums_at_once_are_made_once(
    program: Program, make_album: Any, app: Flask
) -> None:
    with app.app_context():
        user = db.session.scalars(db.select(User)).one()
    for n in range(8):
        make_album(f"album {n}", user)
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: program.upload(drawn_jpeg(), f"album {n}", tags=["a,b,c", "c,b,a"][n % 2]), range(8)
            )
        )
    assert [answer.status_code for answer in answers] == [201] * 8


def test_a_queue_that_cannot_be_reached_does_not_undo_an_upload(
    program: Program, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    storage = queue_of(program.app).huey.storage
    for path in settings.instance.glob("queue.db*"):
        path.unlink()
    settings.queue_path.mkdir()
    storage.close()
    assert program.upload(drawn_jpeg()).status_code == 201
    assert "could not be queued" in caplog.text


NAMES = "tags tags[] title metadatas metadatas[k] location location[latitude] longitude location[accuracy]"
JSON = st.recursive(st.none() | st.floats() | st.text(), st.lists)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(NAMES.split()) | st.text(), st.text() | st.floats().map(str) | JSON.map(json.dumps)
    )
)


@pytest.mark.slow
@given(FIELDS)
@hypothesis_settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_fields_are_understood_or_refused_by_name(fields: list[tuple[str, str]]) -> None:
    try:
        said = read_particulars(fields)
    except (BadLocation, BadMetadatas):
        return
    json.dumps(said.metadatas, allow_nan=False).encode()
    assert all(tag.strip() == tag != "" for tag in said.tags)
    assert said.location is None or abs(said.location["latitude"]) <= 90


@pytest.mark.parametrize(
    "text", ['{"a":' * 2000 + "1" + "}" * 2000, '{"a": ' + "9" * 5000 + "}", '{"a": NaN}']
)
def test_metadatas_that_break_parsers_are_refused(text: str) -> None:
    with pytest.raises(BadMetadatas):
        read_particulars([("metadatas", text)])


@pytest.mark.slow
def test_the_real_server_takes_a_form_in_chunks_and_refuses_a_large_one_early(site: Site) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    body = head + drawn_jpeg() + b"\r\n--b--\r\n"
    headers = site.headers | {"Content-Type": "multipart/form-data; boundary=b"}
    answer = site.server.request("/api/v1/albums/A/images", "POST", headers, body)
    assert answer.status == 201
    announced = site.server.request(
        "/api/v1/albums/A/images", "POST", headers | {"Content-Length": str(2**40)}, b""
    )
    assert (announced.status, json.loads(announced.body)["code"]) == (413, "too_large")


def test_a_part_of_the_form_without_a_name_is_passed_over(program: Program) -> None:
    body = (
        b"--b\r\nContent-Disposition: form-data\r\n\r\nnobody\r\n"
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        + drawn_jpeg()
        + b"\r\n--b--\r\n"
    )
    path, kind = f"/api/v1/albums/{ALBUM}/images", "multipart/form-data; boundary=b"
    assert program.call("POST", path, data=body, content_type=kind).status_code == 201


def test_an_address_with_a_line_break_gets_a_problem_document(program: Program) -> None:
    answer = program.call("GET", "/api/v1/albums/a%0Ab")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
