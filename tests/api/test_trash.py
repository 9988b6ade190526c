"""What is deleted is nowhere, comes back exactly, or goes for good."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery import processing
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing import trash
from gallery.ingest import Upload, keep
from gallery.jobs import queue_of
from gallery.models.album import find_album
from gallery.models.document import SyncDocument
from gallery.models.event import Event
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.original import source_of
from gallery.present.sync_document import refresh_documents, write_documents
from gallery.upkeep import Upkeep
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg, drawn_pdf
from tests.engines import both_engines

Make = Callable[..., Any]
Images = Callable[[], list[Image]]
Stored = Callable[[], list[Path]]
PLACE = {"latitude": 48.85, "longitude": 2.29, "accuracy": 5.0}


def document_of(app: Flask, image_id: str) -> SyncDocument | None:
    with app.app_context():
        found = db.session.get(SyncDocument, image_id)
        db.session.expunge_all()
        return found


def path_in(link: str) -> str:
    """What of a link this server is asked for."""
    return link[link.index("/image") :]


def age(app: Flask, days: float) -> None:
    """Let everything that was deleted be so many days older."""
    with app.app_context():
        begin_write()
        for image in db.session.scalars(sa.select(Image).where(Image.trashed_at.is_not(None))):
            assert image.trashed_at
            image.trashed_at -= timedelta(days=days)
        for document in db.session.scalars(sa.select(SyncDocument).where(SyncDocument.body.is_(None))):
            assert document.deleted_at
            document.deleted_at -= timedelta(days=days)
        db.session.commit()


@pytest.mark.slow
@both_engines
def test_a_deleted_image_is_nowhere_and_comes_back_exactly(
    program: Program, app: Flask, make_image: Make, sign_in: Callable[[User], FlaskClient], make_user: Make
) -> None:
    kept = make_image(tags=("pier",), location=PLACE, process=True)
    image = make_image(tags=("pier", "north"), location=PLACE, title="Gone & back", process=True)
    path, pages = f"/api/v1/images/{image.id}", sign_in(make_user("admin@example.org", Role.ADMIN))
    sync = f"/api/v1/image_syncs?ids={image.id},{kept.id}"
    before = program.call("GET", sync)
    record = next(found for found in before.json if found["id"] == image.id)
    first = document_of(app, image.id)
    delivered = path_in(record["thumbnails"]["full"])
    thumbnail = path_in(record["external_urls"]["mini"].partition("url=")[2])
    proxied = record["external_urls"]["mini"].removeprefix("http://127.0.0.1:8000")

    def shown() -> dict[str, Any]:
        clusters = pages.get(f"/api/v1/clusters.geojson?album={ALBUM}").json
        return {
            "grid": pages.get(f"/albums/{ALBUM}").text.count(image.id),
            "everywhere": pages.get("/images").text.count(image.id),
            "index": "2 images" in pages.get("/").text,
            "map": clusters["total"],
            "page": pages.get(f"/images/{image.id}").status_code,
            "neighbour": image.id in pages.get(f"/images/{kept.id}").text,
            "chip": "north" in pages.get(f"/albums/{ALBUM}").text,
            "api": program.call("GET", path).status_code,
            "list": len(program.call("GET", f"/api/v1/albums/{ALBUM}/images").json),
            "search": len(program.call("GET", "/api/v1/images?tags=pier").json),
            "all": len(program.call("GET", "/api/v1/image_syncs").json),
            "delivery": pages.get(delivered).status_code,
            "thumbnail": pages.get(thumbnail).status_code,
            "proxy": pages.get(proxied).status_code,
            "trash": len(program.call("GET", "/api/v1/trashed_images").json),
        }

    there = shown()
    assert there["grid"]
    assert (there["index"], there["map"], there["page"], there["chip"]) == (True, 2, 200, True)
    assert (there["delivery"], there["thumbnail"], there["proxy"], there["trash"]) == (200, 302, 200, 0)
    assert program.call("DELETE", path).status_code == 204
    gone = shown()
    assert {key: value for key, value in gone.items() if value} == {
        "map": 1, "page": 404, "api": 401, "list": 1, "search": 1, "all": 1,
        "delivery": 404, "thumbnail": 404, "proxy": 404, "trash": 1,
    }  # fmt: skip
    assert pages.get(delivered).headers["X-Cld-Error"]
    assert [found["id"] for found in program.call("GET", sync).json] == [kept.id]
    withdrawn = document_of(app, image.id)
    assert first
    assert withdrawn
    assert (withdrawn.body, withdrawn.deleted_at is None) == (None, False)
    assert withdrawn.seq > first.seq
    (listed,) = program.call("GET", "/api/v1/trashed_images").json
    assert (listed["id"], listed["deleted_by"], listed["title"]) == (image.id, "ann", "Gone & back")
    assert listed.keys() == record.keys() - {"tag_names", "user_sfid"} | {"deleted_at", "deleted_by"}
    assert program.call("DELETE", path).status_code == 401, "nobody can delete it twice"
    restored = program.call("POST", f"/api/v1/trashed_images/{image.id}/restoration")
    assert restored.status_code == 200
    assert restored.data == program.call("GET", path).data
    assert shown() == there
    assert program.call("GET", sync).data == before.data
    again = document_of(app, image.id)
    assert again
    assert again.seq > withdrawn.seq
    assert program.call("POST", f"/api/v1/trashed_images/{image.id}/restoration").status_code == 401


@both_engines
def test_nothing_brings_the_document_of_a_trashed_image_back(
    program: Program, app: Flask, settings: Settings, make_image: Make, images: Images
) -> None:
    image = make_image(process=False)
    program.call("DELETE", f"/api/v1/images/{image.id}")
    queue_of(app).process_now(image.number)
    assert not images()[0].processed, "it is not worth the work"
    queue_of(app).find_waiting()
    assert "process" not in [task.name for task in queue_of(app).huey.pending()]
    with app.app_context():
        processing.fail(image.number, settings, "Cut short.")
        begin_write()
        stale = db.session.get_one(Image, image.number)
        sa.orm.attributes.set_committed_value(stale, "trashed_at", None)  # read before it was deleted
        write_documents([stale], settings)
        db.session.commit()
        refresh_documents(settings)
    document = document_of(app, image.id)
    assert document
    assert (document.body, document.deleted_at) == (None, images()[0].trashed_at)
    assert program.call("POST", f"/api/v1/images/{image.id}/processing").status_code == 401


def test_an_image_that_comes_back_unprocessed_is_queued(
    program: Program, app: Flask, make_image: Make
) -> None:
    image = make_image()
    program.call("DELETE", f"/api/v1/images/{image.id}")
    queue_of(app).huey.flush()
    program.call("POST", f"/api/v1/trashed_images/{image.id}/restoration")
    assert queue_of(app).huey.pending_count() == 1


@both_engines
def test_what_was_in_the_trash_for_long_enough_goes_for_good_its_deletion_is_told_for_30_days(
    program: Program, app: Flask, settings: Settings, make_image: Make, images: Images, stored: Stored
) -> None:
    image = make_image(process=True, tags=("a",), location=PLACE)
    staying = make_image(process=True)
    with app.app_context():
        folder = source_of(db.session.get_one(Image, image.number), settings).folder
    program.call("DELETE", f"/api/v1/images/{image.id}")
    age(app, 29.9)
    Upkeep(app, settings).empty_trash()
    assert len(images()) == 2
    age(app, 0.2)
    with app.app_context():
        begin_write()
        document = db.session.get_one(SyncDocument, image.id)
        document.deleted_at += timedelta(days=1)  # an operator who keeps the trash for 29 days
        db.session.commit()
    assert folder.exists()
    Upkeep(app, settings).empty_trash()
    assert [found.id for found in images()] == [staying.id]
    assert [path.name for path in stored()] == [staying.sha256]
    assert not folder.exists()
    assert document_of(app, image.id), "its deletion is still told"
    age(app, 1)
    Upkeep(app, settings).empty_trash()
    assert document_of(app, image.id) is None
    assert document_of(app, staying.id)


@both_engines
def test_only_an_admin_deletes_for_good_and_bytes_that_another_image_is_made_of_stay(
    program: Program, admin: Program, make_image: Make, stored: Stored, images: Images
) -> None:
    content = drawn_jpeg((7, 7, 7))
    image, twin = make_image(content, process=True), make_image(content, album_id="another", process=True)
    for found in (image, twin):
        address = f"/api/v1/trashed_images/{found.id}"
        assert admin.call("DELETE", address).status_code == 404, "it is not in the trash"
        admin.call("DELETE", f"/api/v1/images/{found.id}")
        assert program.call("DELETE", address).status_code == 401
        assert [path.name for path in stored()] == [content_name(image)]
        assert admin.call("DELETE", address).status_code == 204
        assert admin.call("POST", f"{address}/restoration").status_code == 404
    assert (images(), stored()) == ([], [])


def content_name(image: Image) -> str:
    assert image.sha256
    return image.sha256


@both_engines
def test_bringing_the_bytes_of_a_trashed_image_again_brings_the_image_back(
    program: Program, app: Flask, images: Images
) -> None:
    content = drawn_pdf(3)
    first = program.upload(content, name="plan.pdf", tags="a").json
    pages = [page["id"] for page in first]
    for page_id in pages[1:]:
        program.call("DELETE", f"/api/v1/images/{page_id}")
    queue_of(app).huey.flush()
    answer = program.upload(content, name="plan.pdf")
    assert (answer.status_code, [page["id"] for page in answer.json]) == (200, pages)
    assert queue_of(app).huey.pending_count() == 2
    assert len(program.call("GET", "/api/v1/image_syncs").json) == 3
    assert program.call("GET", "/api/v1/trashed_images").json == []


@both_engines
def test_a_page_that_was_deleted_for_good_is_recorded_anew(
    program: Program, admin: Program, images: Images
) -> None:
    content = drawn_pdf(3)
    first = program.upload(content, name="plan.pdf").json
    gone = first[1]["id"]
    program.call("DELETE", f"/api/v1/images/{gone}")
    admin.call("DELETE", f"/api/v1/trashed_images/{gone}")
    answer = program.upload(content, name="plan.pdf")
    assert answer.status_code == 201
    assert [page["page"] for page in answer.json] == [1, 2, 3]
    assert [page["id"] for page in answer.json if page["page"] != 2] == [first[0]["id"], first[2]["id"]]
    assert len({page["group_id"] for page in answer.json}) == 1
    assert len(images()) == 3


def test_a_checkup_finds_nothing_wrong_with_a_trash_and_puts_right_what_is(
    program: Program, app: Flask, make_image: Make, settings: Settings, tmp_path: Path
) -> None:
    image = make_image(process=True)
    make_image()
    program.call("DELETE", f"/api/v1/images/{image.id}")
    run = app.test_cli_runner().invoke
    with app.app_context():
        refresh_documents(settings)
    assert run(args=["fsck", "--deep"]).output.endswith("Nothing is wrong.\n")
    with app.app_context():
        begin_write()
        document = db.session.get_one(SyncDocument, image.id)
        document.deleted_at, document.body = None, b"{}"
        db.session.commit()
    found = run(args=["fsck", "--repair", "--json"]).output.splitlines()
    assert json.loads(found[0])["kind"] == "stale-document"
    summary = json.loads(found[-1])
    assert (summary["found"], summary["repaired"], summary["kinds"]) == (1, 1, {"stale-document": 1})
    withdrawn = document_of(app, image.id)
    assert withdrawn
    assert withdrawn.body is None


@both_engines
def test_loading_a_payload_brings_a_trashed_image_back(
    program: Program, app: Flask, make_image: Make, tmp_path: Path
) -> None:
    image = make_image(process=True, tags=("a",))
    payload = program.call("GET", "/api/v1/image_syncs").data
    (tmp_path / "payload.json").write_bytes(payload)
    program.call("DELETE", f"/api/v1/images/{image.id}")
    result = app.test_cli_runner().invoke(args=["pull", "--file", str(tmp_path / "payload.json")])
    assert result.exit_code == 0, result.output
    assert program.call("GET", "/api/v1/image_syncs").data == payload


def test_the_trash_is_listed_page_by_page_the_first_deleted_first(
    program: Program, stranger: Program, make_image: Make, settings: Settings
) -> None:
    ids = [make_image(drawn_jpeg((0, 40 * number, 0))).id for number in range(5)]
    for image_id in reversed(ids):
        assert program.call("DELETE", f"/api/v1/images/{image_id}").status_code == 204
    found, path = [], "/api/v1/trashed_images?limit=2"
    while path:
        answer = program.call("GET", path)
        found.append([image["id"] for image in answer.json])
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix(f"<{settings.public_url}")
    ids.reverse()
    assert found == [ids[:2], ids[2:4], ids[4:]]
    assert stranger.call("GET", "/api/v1/trashed_images").json == []
    assert stranger.call("POST", f"/api/v1/trashed_images/{ids[0]}/restoration").status_code == 401


def test_a_deletion_cut_short_leaves_at_worst_a_file_that_no_image_names(
    program: Program, app: Flask, settings: Settings, make_image: Make, stored: Stored
) -> None:
    """Rows first: what a crash leaves behind is a file that no image names, which a checkup sets aside."""
    image = make_image()
    program.call("DELETE", f"/api/v1/images/{image.id}")
    with app.app_context(), pytest.MonkeyPatch.context() as broken:
        broken.setattr(trash, "_remove_bytes", lambda *_: (_ for _ in ()).throw(OSError("the power is gone")))
        with pytest.raises(OSError, match="the power is gone"):
            trash.delete_for_good([image.number], settings)
    (left,) = stored()
    found = app.test_cli_runner().invoke(args=["fsck", "--adopt-store", "--json"]).output
    assert "orphaned-original" in found
    assert program.upload(left.read_bytes()).status_code == 201


@both_engines
def test_the_bytes_of_an_upload_under_way_are_not_deleted_with_another_image(
    admin: Program, app: Flask, settings: Settings, make_image: Make, make_album: Make, stored: Stored
) -> None:
    content = drawn_jpeg((3, 99, 3))
    image = make_image(content)
    make_album("B")
    admin.call("DELETE", f"/api/v1/images/{image.id}")
    with ThreadPoolExecutor(1) as pool, app.app_context():
        album = find_album("B")
        assert album
        keep(BytesIO(content), Upload("b.jpg", album), settings)
        deletion = pool.submit(admin.call, "DELETE", f"/api/v1/trashed_images/{image.id}")
        with pytest.raises(TimeoutError):
            deletion.result(timeout=0.5)
        db.session.commit()
        assert deletion.result(timeout=20).status_code == 204
    assert [path.name for path in stored()] == [content_name(image)]


def test_what_happens_to_the_trash_is_announced(
    program: Program, make_image: Make, announced: Callable[[], list[tuple[Any, ...]]]
) -> None:
    image = make_image(process=True)
    program.call("DELETE", f"/api/v1/images/{image.id}")
    program.call("POST", f"/api/v1/trashed_images/{image.id}/restoration")
    assert [event for event, *_ in announced()] == [
        Event.NEW_IMAGE, Event.PROCESSED_IMAGE, Event.DELETE_IMAGE, Event.NEW_IMAGE,
    ]  # fmt: skip
