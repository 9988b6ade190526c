"""The stored documents: always what would be built now, in the order of commits."""

import random
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import seen_documents, tag
from gallery.models.album import Album
from gallery.models.claim import Claim, Source
from gallery.models.document import SyncDocument
from gallery.models.image import Image, now
from gallery.models.user import Role, User
from gallery.prepared import Reader
from gallery.present.sync_document import refresh_documents, write_documents
from tests.engines import both_engines
from tests.records import album_of, bare_image, fresh_documents, stored_documents

pytestmark = [both_engines, pytest.mark.usefixtures("context")]


def images() -> list[Image]:
    return list(db.session.scalars(sa.select(Image).order_by(Image.number)))


def turn(image: Image, chance: random.Random) -> None:
    image.rotation = chance.choice((0, 90, 180, 270))


def cut(image: Image, chance: random.Random) -> None:
    image.crop_x, image.crop_y, image.crop_w, image.crop_h = (
        float(chance.randrange(1, 16)) for _ in range(4)
    )


def name(image: Image, chance: random.Random) -> None:
    image.title = chance.choice((None, "<b>", "a & b", "line\u2028end", "Ünïcode 🏗"))


def retag(image: Image, chance: random.Random) -> None:
    names = chance.sample(["roof", "wall", "Dach & Co", "a\u2029b", "新しい"], chance.randrange(5))
    (tag.put_on if chance.random() < 0.5 else tag.replace_on)(image, names)


def locate(image: Image, chance: random.Random) -> None:
    source = chance.choice(list(Source))
    claims = [claim for claim in image.claims if claim.source is not source]
    latitude, longitude = chance.uniform(-90, 90), chance.uniform(-180, 180)
    image.claims = [*claims, Claim(source=source, latitude=latitude, longitude=longitude)]
    image.derive_position(("manual", "exif", "html", "ip"))


def move(image: Image, chance: random.Random) -> None:
    image.album, image.position = album_of(f"album {chance.randrange(3)}"), chance.randrange(1, 9)


def annotate(image: Image, chance: random.Random) -> None:
    image.metadatas = {"z": chance.random(), "a": [1, {"y": None, "b": chance.random()}]}


EDITS: list[Callable[[Image, random.Random], None]] = [turn, cut, name, retag, locate, move, annotate]


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_documents_are_what_would_be_built(settings: Settings, seed: int) -> None:
    chance = random.Random(seed)
    begin_write()
    write_documents([bare_image(album_of("album 0")) for _ in range(5)], settings)
    db.session.commit()
    for _ in range(25):
        begin_write()
        edited = chance.sample(images(), chance.randrange(1, 4))
        for image in edited:
            chance.choice(EDITS)(image, chance)
            image.updated_at = now()
        write_documents(edited, settings)
        (db.session.commit if chance.random() < 0.7 else db.session.rollback)()
    assert len(stored_documents()) == 5
    assert stored_documents() == fresh_documents(settings)
    for row in db.session.scalars(sa.select(SyncDocument)):
        image = db.session.scalars(sa.select(Image).where(Image.id == row.image_id)).one()
        assert (row.album_number, row.position) == (image.album_number, image.position)
        assert row.created_at == image.created_at


def test_a_rollback_leaves_the_old_document(settings: Settings) -> None:
    begin_write()
    image = bare_image(album_of())
    write_documents([image], settings)
    db.session.commit()
    before = stored_documents()
    begin_write()
    image.title = "never"
    write_documents([image], settings)
    assert b'"title":"never"' in stored_documents()[image.id]
    db.session.rollback()
    assert stored_documents() == before


def test_a_processed_image_has_a_new_document(make_image: Callable[..., Image], settings: Settings) -> None:
    image = make_image(process=True)
    body = stored_documents()[image.id]
    assert b'"processed":true' in body
    assert stored_documents() == fresh_documents(settings)


def test_every_change_takes_a_later_number(settings: Settings) -> None:
    begin_write()
    first, second = (bare_image(album_of()) for _ in range(2))
    write_documents([first, second], settings)
    write_documents([first], settings)
    db.session.commit()
    rows = db.session.execute(sa.select(SyncDocument.image_id).order_by(SyncDocument.seq)).scalars().all()
    assert rows == [second.id, first.id]


def write_many(app: Flask, settings: Settings, album_id: str, count: int) -> None:
    for _ in range(count):
        with app.app_context():
            begin_write()
            write_documents([bare_image(album_of(album_id)) for _ in range(2)], settings)
            db.session.commit()


def test_a_reader_that_pages_by_number_misses_nothing(app: Flask, settings: Settings) -> None:
    begin_write()
    album_of("shared")
    db.session.commit()
    writers = [Thread(target=write_many, args=(app, settings, "shared", 12)) for _ in range(4)]
    for writer in writers:
        writer.start()
    seen: list[int] = []
    is_last_look = False
    while not is_last_look:
        is_last_look = not any(writer.is_alive() for writer in writers)
        after = seen[-1] if seen else 0
        seen += db.session.scalars(
            sa.select(SyncDocument.seq).where(SyncDocument.seq > after).order_by(SyncDocument.seq)
        )
        db.session.rollback()
    assert len(seen) == len(set(seen)) == 4 * 12 * 2
    assert seen == sorted(seen) == sorted(db.session.scalars(sa.select(SyncDocument.seq)))


def test_documents_follow_the_settings_that_show_in_them(settings: Settings) -> None:
    begin_write()
    write_documents([bare_image(album_of()) for _ in range(7)], settings)
    db.session.commit()
    assert refresh_documents(settings) == 0 or stored_documents() == fresh_documents(settings)
    moved = replace(settings, delivery_url="https://pictures.example.org")
    assert refresh_documents(moved, batch=3) == 7
    assert refresh_documents(moved) == 0
    assert all(b"https://pictures.example.org/image/" in body for body in stored_documents().values())
    assert stored_documents() == fresh_documents(moved)


@pytest.mark.parametrize(
    "change",
    [
        {"proxy_url": "https://p.example"},
        {"app_host": "h.example"},
        {"delivery_secret": "s"},
        {"secret_key": "k"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_setting_that_shows_makes_documents_stale(settings: Settings, change: dict[str, Any]) -> None:
    begin_write()
    write_documents([bare_image(album_of())], settings)
    db.session.commit()
    refresh_documents(settings)
    before = stored_documents()
    assert refresh_documents(replace(settings, **change)) == 1
    assert stored_documents() != before
    assert stored_documents() == fresh_documents(replace(settings, **change))


def test_albums_positions_come_before_the_time_of_creation(settings: Settings) -> None:
    begin_write()
    album: Album = album_of()
    unplaced, third, first, tied = (
        bare_image(album, **more) for more in ({}, {"position": 3}, {"position": 1}, {"position": 1})
    )
    tied.created_at = first.created_at
    first.id, tied.id = "ffffffff-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000000"
    everything = [unplaced, third, first, tied]
    write_documents(everything, settings)
    admin = User.create("a@b", "12345678", role=Role.ADMIN)
    db.session.commit()
    with Reader(db.engine) as reader:
        answered = seen_documents.bodies(reader, admin, [image.id for image in everything])
    assert [bytes(body)[7:43].decode() for body in answered] == [tied.id, first.id, third.id, unplaced.id]
