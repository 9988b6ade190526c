"""What an older version processed is processed again, and nothing that needs no change changes."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image as Picture

from gallery import renewal
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.derivation import VERSION
from gallery.jobs import queue_of
from gallery.models.document import Site, SyncDocument
from gallery.models.fingerprint import Fingerprint
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.original import source_of
from gallery.present.links import Links
from gallery.present.sync_document import refresh_documents
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

MakeImage = Callable[..., Image]


def camera_jpeg() -> bytes:
    exif = Picture.Exif()
    exif[0x0110] = "iPhone 15"
    buffer = BytesIO()
    Picture.open(BytesIO(drawn_jpeg())).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def age(settings: Settings) -> None:
    """As if an older version, which did not know cameras and kept no fingerprints, had processed all."""
    begin_write()
    for image in db.session.scalars(sa.select(Image)).all():
        image.exifs = {name: value for name, value in image.exifs.items() if name != "Model"}
        image.processed_version = 0
    db.session.execute(sa.delete(Fingerprint))
    db.session.commit()
    db.session.expunge_all()
    assert refresh_documents(settings)


def state(image: Image, settings: Settings) -> tuple[int, object, bytes | None]:
    """Number of the document's last change, time of the image's, and the original's bytes."""
    found = db.session.get_one(Image, image.number)
    document = db.session.get_one(SyncDocument, image.id)
    source = source_of(found, settings)
    assert source is not None
    db.session.rollback()
    return document.seq, found.updated_at, source.path.read_bytes()


@both_engines
def test_only_records_in_which_something_new_is_found_change(
    app: Flask, settings: Settings, make_image: MakeImage
) -> None:
    with_camera, plain = make_image(camera_jpeg(), process=True), make_image(process=True)
    with app.app_context():
        age(settings)
        db.session.execute(sa.update(Image).values(review=ReviewState.APPROVED))
        db.session.commit()
        before = {image.id: state(image, settings) for image in (with_camera, plain)}
    runner = app.test_cli_runner()
    assert "older version processed: 2" in runner.invoke(args=["fsck"]).output
    assert "older version processed: 2" in runner.invoke(args=["renew"]).output
    queue_of(app).renew()
    with app.app_context():
        found = db.session.get_one(Image, with_camera.number)
        assert found.exifs["Model"] == "iPhone 15"
        assert {image.processed_version for image in db.session.scalars(sa.select(Image))} == {VERSION}
        assert {image.review for image in db.session.scalars(sa.select(Image))} == {ReviewState.APPROVED}
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Fingerprint)) == 2
        seq, updated_at, original = state(with_camera, settings)
        assert seq > before[with_camera.id][0]
        assert (updated_at, original) > (before[with_camera.id][1], b"")
        assert state(plain, settings) == before[plain.id]
        assert db.session.scalar(sa.select(Site.renewed_up_to)) is None
    assert runner.invoke(args=["renew"]).output == "No image was processed by an older version.\n"


def test_one_that_looks_other_gets_links_of_a_new_version_and_nobody_keeps_the_old_picture(
    app: Flask, settings: Settings, make_image: MakeImage
) -> None:
    turned, plain = make_image(process=True), make_image(process=True)
    with app.app_context():
        old = Links(settings).of_type(db.session.get_one(Image, turned.number), "full")
        begin_write()
        db.session.execute(sa.update(Image).values(processed_version=0))
        seen = sa.update(Fingerprint).where(Fingerprint.image_number == turned.number)
        db.session.execute(seen.values(bits=0))
        db.session.commit()
        before = state(plain, settings)
        renewal.ask(0)
        while renewal.go_on(settings, 0):
            pass
        found = db.session.get_one(Image, turned.number)
        assert found.delivery_version == turned.delivery_version + 1
        new = Links(settings).of_type(found, "full")
        assert new.encode() in (db.session.get_one(SyncDocument, turned.id).body or b"")
        assert state(plain, settings) == before
        db.session.rollback()
    client = app.test_client()
    answers = [client.get(urlsplit(link).path) for link in (old, new)]
    assert answers[0].data == answers[1].data != b""
    assert [answer.cache_control.immutable for answer in answers] == [False, True]


def test_one_whose_original_is_away_stays_as_it_was_and_stops_nobody(
    app: Flask, settings: Settings, make_image: MakeImage, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = make_image(process=True), make_image(process=True)
    with app.app_context():
        age(settings)
        source = source_of(db.session.get_one(Image, first.number), settings)
        assert source is not None
        source.path.unlink()
        renewal.ask(0)
        while renewal.go_on(settings, 0):
            pass
        kept, renewed = (db.session.get_one(Image, image.number) for image in (first, second))
        assert (kept.processed, kept.processed_version) == (True, 0)
        assert renewed.processed_version == VERSION
        assert renewal.count_older() == 1
    assert "could not be processed again" in caplog.text


def test_after_a_stop_nothing_is_processed_again(
    app: Flask, settings: Settings, make_image: MakeImage
) -> None:
    make_image(process=True)
    with app.app_context():
        age(settings)
    runner = app.test_cli_runner()
    runner.invoke(args=["renew"])
    assert "Stopped." in runner.invoke(args=["renew", "--stop"]).output
    queue_of(app).renew()
    with app.app_context():
        assert renewal.count_older() == 1
