"""`flask fsck`: what is wrong is named, what can be made again is, and nothing that was kept is deleted."""

import json
import os
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gallery import checkup
from gallery.belonging import require_own_store
from gallery.checkup import documents, originals, orphans, renditions
from gallery.checkup.finding import Checkup
from gallery.config import Settings
from gallery.db import db
from gallery.ingest import Upload, keep
from gallery.jobs import queue_of
from gallery.media.rendition import SIZES_PX
from gallery.media.rendition_cache import path_of as find_path
from gallery.media.rendition_trimming import trim
from gallery.media.store import Store
from gallery.models.document import SyncDocument
from gallery.models.flag import StoredFlag
from gallery.models.image import Image
from gallery.models.sighting import Sighting
from gallery.models.user import User
from gallery.original import MISSING, source_of
from gallery.present.sync_document import refresh_documents
from tests.drawing import drawn_jpeg, drawn_pdf
from tests.engines import both_engines
from tests.records import album_of, bare_image, fresh_documents, stored_documents

MakeImage = Callable[..., Image]
Fsck = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture(autouse=True)
def own_store(app: Flask, settings: Settings) -> None:
    """The folder is marked and the settings are noted, as in a gallery that has been started."""
    with app.app_context():
        refresh_documents(settings)
        require_own_store(settings)


@pytest.fixture
def fsck(app: Flask) -> Fsck:
    """Exit status and findings."""

    def run(*options: str) -> tuple[int, list[dict[str, Any]]]:
        result = app.test_cli_runner().invoke(args=["fsck", "--json", *options])
        assert result.exit_code in (0, 1), result.output
        *findings, summary = map(json.loads, result.output.splitlines())
        assert summary["found"] == len(findings)
        return result.exit_code, findings

    return run


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few rows are several batches."""
    for module in (documents, originals, orphans, renditions, checkup.processing):
        monkeypatch.setattr(module, "BATCH", 2)


def kinds(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["kind"] for finding in findings]


def path_of(image: Image, settings: Settings) -> Path:
    assert image.sha256 is not None
    return Store(settings.originals).path_of(image.sha256)


def rendition(image: Image, settings: Settings, name: str = "1920.jpg") -> Path:
    source = source_of(image, settings)
    assert source is not None
    return find_path(source.folder, name)


def change(app: Flask, statement: sa.Update | sa.Delete) -> None:
    with app.app_context():
        db.session.execute(statement)
        db.session.commit()


@pytest.mark.slow
@both_engines
def test_a_sound_gallery_is_clean_in_every_batch(
    app: Flask, fsck: Fsck, make_image: MakeImage, small_batches: None
) -> None:
    for _ in range(5):
        make_image(process=True)
    make_image(drawn_pdf(3), process=True)
    same = drawn_jpeg((9, 9, 9))
    make_image(same, album_id="A", process=True)
    make_image(same, album_id="B", process=True)
    with app.app_context():
        bare = bare_image(album_of())
        db.session.flush()
        documents.write_documents([bare], app.config["GALLERY"])
        db.session.commit()
    assert fsck("--deep") == (0, [])


@both_engines
def test_a_missing_original_is_named_and_repair_deletes_no_row(
    app: Flask, fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    image = make_image(process=True)
    path_of(image, settings).unlink()
    status, (finding,) = fsck("--repair")
    assert (status, finding["kind"], finding["subject"]) == (1, "missing-original", image.id)
    assert finding["repaired"] is False
    with app.app_context():
        assert db.session.get(Image, image.number) is not None
        assert stored_documents() == fresh_documents(settings)


def test_an_original_of_another_size_is_damaged(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    image = make_image(process=True)
    with path_of(image, settings).open("ab") as file:
        file.write(b"x")
    status, findings = fsck("--repair")
    assert (status, kinds(findings)) == (1, ["damaged-original"])


def test_one_changed_bit_is_found_by_a_deep_checkup_alone(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    path = path_of(make_image(process=True), settings)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert fsck() == (0, [])
    status, findings = fsck("--deep")
    assert (status, kinds(findings)) == (1, ["damaged-original"])


@both_engines
def test_orphans_are_set_aside_over_nothing_and_never_deleted(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    make_image(process=True)
    for text in ("first", "second"):
        orphan = settings.originals / "ab" / "cd" / ("abcd" + "0" * 60)
        orphan.parent.mkdir(parents=True, exist_ok=True)
        orphan.write_text(text)
        status, (finding,) = fsck()
        assert (status, finding["kind"]) == (1, "orphaned-original")
        assert finding["subject"] == str(orphan.relative_to(settings.originals))
        assert orphan.exists()
        status, (finding,) = fsck("--repair")
        assert (status, finding["repaired"], orphan.exists()) == (0, True, False)
        assert fsck() == (0, [])
    kept = (settings.originals / "lost+found").iterdir()
    assert {path.read_text() for path in kept} == {"first", "second"}


def test_an_original_in_the_wrong_place_is_an_orphan_there(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    path = path_of(make_image(process=True), settings)
    (settings.originals / path.name).write_bytes(path.read_bytes())
    _, (finding,) = fsck()
    assert (finding["kind"], finding["subject"]) == ("orphaned-original", path.name)


def test_a_leftover_is_removed_after_a_day_and_not_before(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    make_image(process=True)
    young, old = settings.originals / "incoming" / "young", settings.originals / "incoming" / "old"
    for path in (young, old):
        path.write_text("half")
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    assert kinds(fsck()[1]) == ["leftover"]
    status, (finding,) = fsck("--repair")
    assert (status, finding["repaired"]) == (0, True)
    assert (young.exists(), old.exists()) == (True, False)


@both_engines
@pytest.mark.parametrize("damage", ["body", "gone", "deleted", "place"])
def test_a_document_that_is_not_as_it_should_be_is_written_again(
    app: Flask, fsck: Fsck, make_image: MakeImage, settings: Settings, damage: str, small_batches: None
) -> None:
    image, *_ = [make_image(process=True) for _ in range(3)]
    its = SyncDocument.image_id == image.id
    change(
        app,
        {
            "body": sa.update(SyncDocument).where(its).values(body=b"{}"),
            "gone": sa.delete(SyncDocument).where(its),
            "deleted": sa.update(SyncDocument).where(its).values(deleted_at=image.created_at, body=None),
            "place": sa.update(SyncDocument).where(its).values(position=7),
        }[damage],
    )
    status, (finding,) = fsck()
    assert (status, finding["kind"], finding["subject"]) == (1, "stale-document", image.id)
    assert fsck("--repair")[0] == 0
    assert fsck() == (0, [])
    with app.app_context():
        assert stored_documents() == fresh_documents(settings)


@both_engines
@pytest.mark.parametrize("damage", ["flags", "sightings", "gravest"])
def test_flags_that_are_not_what_would_be_found_are_found_again(
    app: Flask, fsck: Fsck, make_image: MakeImage, make_user: Callable[[], User], damage: str
) -> None:
    image = make_image(
        process=True, uploader=make_user(), location={"latitude": 0.0, "longitude": 0.0, "accuracy": 9.0}
    )
    damages = {
        "flags": sa.update(StoredFlag).values(code="zone", inputs={}),
        "sightings": sa.delete(Sighting),
        "gravest": sa.update(Image).values(worst_flag=0),
    }
    change(app, damages[damage])
    status, (finding,) = fsck()
    assert (status, finding["kind"], finding["subject"]) == (1, "stale-flags", image.id)
    assert fsck("--repair")[0] == 0
    assert fsck() == (0, [])
    with app.app_context():
        assert db.session.scalars(sa.select(StoredFlag.code)).all() == ["null_island"]


@both_engines
def test_a_document_without_image_becomes_the_note_of_a_deletion(
    app: Flask, fsck: Fsck, make_image: MakeImage
) -> None:
    image = make_image(process=True)
    change(app, sa.update(SyncDocument).values(image_id="14364f29-c30d-4bbb-992c-19e6031244f7"))
    assert sorted(kinds(fsck()[1])) == ["orphaned-document", "stale-document"]
    assert fsck("--repair")[0] == 0
    assert fsck() == (0, [])
    with app.app_context():
        assert set(stored_documents()) == {image.id}
        assert db.session.scalar(sa.select(sa.func.count()).select_from(SyncDocument)) == 2


@both_engines
@pytest.mark.parametrize("size_px", SIZES_PX)
def test_a_damaged_rendition_is_made_again(
    app: Flask, fsck: Fsck, make_image: MakeImage, settings: Settings, size_px: int
) -> None:
    image = make_image(process=True)
    path = rendition(image, settings, f"{size_px}.jpg")
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    assert kinds(fsck()[1]) == ["damaged-rendition"]
    assert fsck("--repair")[0] == 0
    with app.app_context():
        assert db.session.get_one(Image, image.number).processed is False
    queue = queue_of(app)
    queue.huey.execute(queue.huey.dequeue())
    assert path.read_bytes() == whole
    assert fsck() == (0, [])


def test_renditions_that_an_older_version_did_not_make_are_counted_and_made_at_will(
    app: Flask, make_image: MakeImage, settings: Settings
) -> None:
    images = [make_image(process=True) for _ in range(2)]
    paths = [rendition(image, settings, "600.jpg") for image in images]
    whole = [path.read_bytes() for path in paths]
    for path in paths:
        path.unlink()

    def checked(*options: str) -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=["fsck", *options])
        return result.exit_code, result.output

    status, told = checked()
    assert (status, told.count("\n")) == (0, 1)
    assert told.startswith("Nothing is wrong. Images with thumbnails still to be made: 2; ")
    assert '"unmade": 2, "made": 0' in checked("--json")[1]
    assert checked("--repair") == (0, "Nothing is wrong. Made the missing thumbnails of images: 2.\n")
    assert [path.read_bytes() for path in paths] == whole
    assert checked() == (0, "Nothing is wrong.\n")
    with app.app_context():
        assert db.session.get_one(Image, images[0].number).processed is True


def test_what_was_deleted_for_room_is_not_missed(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    make_image(process=True)
    assert trim(settings.renditions, max_bytes=1) > 0
    assert fsck() == (0, [])


def test_damage_within_a_rendition_is_found_by_a_deep_checkup(
    fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    path = rendition(make_image(drawn_jpeg(size=(900, 700)), process=True), settings)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + content[-2:])
    assert fsck() == (0, [])
    assert kinds(fsck("--deep")[1]) == ["damaged-rendition"]


def test_what_cannot_be_made_again_is_not_called_repaired(
    app: Flask, fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    image = make_image(process=True)
    rendition(image, settings).unlink()
    path_of(image, settings).unlink()
    status, findings = fsck("--repair")
    assert (status, [finding["repaired"] for finding in findings]) == (1, [False, False])
    with app.app_context():
        assert db.session.get_one(Image, image.number).processed is True


@both_engines
def test_an_image_that_waits_too_long_is_queued(app: Flask, fsck: Fsck, make_image: MakeImage) -> None:
    image = make_image()
    assert fsck() == (0, [])
    queue_of(app).huey.flush()
    change(app, sa.update(Image).values(updated_at=image.updated_at.replace(year=2020)))
    with app.app_context():
        documents.write_documents([db.session.get_one(Image, image.number)], app.config["GALLERY"])
        db.session.commit()
    assert kinds(fsck()[1]) == ["unprocessed"]
    assert fsck("--repair")[0] == 0
    assert queue_of(app).huey.pending_count() == 1


def test_an_image_whose_original_is_back_is_processed_again(
    app: Flask, fsck: Fsck, make_image: MakeImage, settings: Settings
) -> None:
    image = make_image()
    path = path_of(image, settings)
    content = path.read_bytes()
    path.unlink()
    queue_of(app).process_now(image.number)
    with app.app_context():
        assert db.session.get_one(Image, image.number).processing_error == MISSING
    assert kinds(fsck("--repair")[1]) == ["missing-original"]
    path.write_bytes(content)
    assert kinds(fsck("--repair")[1]) == ["unprocessed"]
    queue_of(app).process_now(image.number)
    assert fsck() == (0, [])


def test_without_json_each_finding_is_a_line_and_the_last_says_how_many(
    app: Flask, make_image: MakeImage, settings: Settings
) -> None:
    image = make_image(process=True)
    path_of(image, settings).unlink()
    result = app.test_cli_runner().invoke(args=["fsck"])
    first, last = result.output.splitlines()
    assert first.startswith(f"missing-original {image.id}: ")
    assert last == "Found 1 (1 missing-original); repaired 0."


def test_a_database_that_cannot_be_read_is_no_clean_bill(app: Flask, settings: Settings) -> None:
    (settings.instance / "gallery.db").write_bytes(b"this is no database" * 1000)
    result = app.test_cli_runner().invoke(args=["fsck"])
    assert (result.exit_code, "could not be made" in result.output) == (2, True)


@both_engines
def test_an_upload_between_its_file_and_its_row_is_no_orphan(
    app: Flask, make_album: Callable[..., Any], settings: Settings
) -> None:
    make_album("A")
    found: list[object] = []

    def repair() -> None:
        with app.app_context():
            found.extend(orphans.orphaned_originals(Checkup(settings, queue_of(app).process, repair=True)))

    thread = Thread(target=repair)
    with app.app_context():
        keep(BytesIO(drawn_jpeg()), Upload("photo.jpg", album_of("A")), settings)
        assert [path for path in settings.originals.rglob("*") if len(path.name) == 64]
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "it did not wait for the upload"
        db.session.commit()
    thread.join(30)
    assert (thread.is_alive(), found) == (False, [])
    assert not (settings.originals / orphans.LOST_AND_FOUND).exists()
