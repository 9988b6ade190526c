"""The change feed: nothing is ever missed."""

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gallery.api.change_cursor import Cursor
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import departure, tag
from gallery.models.album import Album, create_album, find_album
from gallery.models.document import Site, SyncDocument
from gallery.models.image import Image, now
from gallery.models.user import User
from gallery.present.sync_document import write_documents
from tests.api.conftest import ALBUM, Program
from tests.api.mirror import Mirror, seen_by
from tests.engines import both_engines
from tests.records import album_of, bare_image, stored_documents

FEED = "/api/v1/image_syncs/changes"
ALBUMS = (ALBUM, "second", "third")


@pytest.fixture
def add(app: Flask, settings: Settings) -> Callable[..., str]:
    """A new image of no file: its id."""

    def make(album_id: str = ALBUM, **more: Any) -> str:
        with app.app_context():
            begin_write()
            image = bare_image(album_of(album_id), **more)
            write_documents([image], settings)
            db.session.commit()
            return image.id

    return make


@pytest.fixture
def move(app: Flask, settings: Settings) -> Callable[[str, str], None]:
    """Into another album."""

    def take(image_id: str, album_id: str) -> None:
        with app.app_context():
            begin_write()
            image = db.session.scalars(sa.select(Image).where(Image.id == image_id)).one()
            image.album = album_of(album_id)
            write_documents([image], settings)
            db.session.commit()

    return take


@pytest.fixture
def set_member(app: Flask) -> Callable[[str, bool], None]:
    """Admit the only person to an album, or dismiss them from it."""

    def let(album_id: str, is_member: bool) -> None:
        with app.app_context():
            begin_write()
            album, user = album_of(album_id), db.session.scalars(sa.select(User)).one()
            (album.admit if is_member else album.dismiss)(user)
            db.session.commit()

    return let


def ids(page: Any) -> tuple[list[str], list[str]]:
    """(upserted, deleted)."""
    return [one["id"] for one in page["upserted"]], [one["id"] for one in page["deleted"]]


@pytest.mark.slow
def test_without_a_cursor_the_feed_begins_with_everything(program: Program, add: Callable[..., str]) -> None:
    made = [add() for _ in range(3)]
    page = program.call("GET", f"{FEED}?limit=2").json
    assert (ids(page), page["has_more"]) == ((made[:2], []), True)
    page = program.call("GET", f"{FEED}?limit=2&cursor={page['cursor']}").json
    assert (ids(page), page["has_more"]) == ((made[2:], []), False)


def test_documents_stand_in_the_feed_as_they_are_stored(program: Program, add: Callable[..., str]) -> None:
    add(title="a & b <c> \u2028 é")
    stored = program.call("GET", "/api/v1/image_syncs").data
    assert program.call("GET", FEED).data.startswith(b'{"upserted":' + stored + b',"deleted":[]')


def test_an_image_moved_out_of_sight_is_told_as_deleted_and_one_moved_within_is_not(
    program: Program, admin: Program, add: Callable[..., str], move: Callable[[str, str], None]
) -> None:
    image_id = add()
    readers = [program, admin]
    cursors = [reader.call("GET", FEED).json["cursor"] for reader in readers]
    move(image_id, "somewhere else")
    member, root = (
        reader.call("GET", f"{FEED}?cursor={cursor}").json
        for reader, cursor in zip(readers, cursors, strict=True)
    )
    assert ids(member) == ([], [image_id])
    assert member["deleted"][0]["album_id"] == ALBUM
    assert ids(root) == ([image_id], [])


def test_who_is_admitted_to_an_album_hears_of_what_is_in_it_already(
    program: Program, add: Callable[..., str], set_member: Callable[[str, bool], None]
) -> None:
    older = [add("second") for _ in range(5)]
    mirror = Mirror(program, limit=2)
    mirror.follow()
    assert mirror.images == {}
    set_member("second", True)
    mirror.follow(most_pages=2)
    newer = add("second")
    mirror.follow()
    assert mirror.images.keys() == {*older, newer}
    assert mirror.restarts == 0


def test_who_is_admitted_to_one_more_while_they_catch_up_misses_nothing(
    program: Program, add: Callable[..., str], set_member: Callable[[str, bool], None]
) -> None:
    latest = [add("third") for _ in range(3)]  # with lower numbers than what is told first
    older = [add("second") for _ in range(5)]
    mirror = Mirror(program, limit=2)
    mirror.follow()
    set_member("second", True)
    mirror.follow(most_pages=1)
    set_member("third", True)
    mirror.follow()
    assert mirror.images.keys() == {*older, *latest}
    assert mirror.restarts == 0


def test_who_is_dismissed_while_they_catch_up_keeps_nothing(
    program: Program, add: Callable[..., str], set_member: Callable[[str, bool], None]
) -> None:
    for _ in range(5):
        add("second")
    mirror = Mirror(program, limit=2)
    mirror.follow()
    set_member("second", True)
    mirror.follow(most_pages=1)
    assert len(mirror.images) == 2
    set_member("second", False)
    mirror.follow()
    assert (mirror.images, mirror.restarts) == ({}, 1)


def test_who_is_dismissed_from_an_album_begins_anew(
    program: Program, add: Callable[..., str], set_member: Callable[[str, bool], None]
) -> None:
    add()
    cursor = program.call("GET", FEED).json["cursor"]
    set_member(ALBUM, False)
    answer = program.call("GET", f"{FEED}?cursor={cursor}")
    assert (answer.status_code, answer.json["code"]) == (410, "cursor_scope_changed")
    assert answer.content_type == "application/problem+json"
    assert program.call("GET", FEED).json["upserted"] == []


def test_a_cursor_older_than_the_known_deletions_is_refused_and_a_first_sync_under_way_is_not(
    app: Flask, admin: Program, add: Callable[..., str], move: Callable[[str, str], None]
) -> None:
    first, _ = add(), add()
    old = admin.call("GET", f"{FEED}?limit=1").json["cursor"]
    move(first, "second")
    with app.app_context():
        begin_write()
        assert departure.forget_before(datetime.now(UTC) + timedelta(seconds=1)) == 1
        db.session.commit()
    answer = admin.call("GET", f"{FEED}?cursor={old}")
    assert (answer.status_code, answer.json["code"]) == (410, "cursor_expired")
    assert "without a cursor" in answer.json["detail"]
    begun = admin.call("GET", f"{FEED}?limit=1").json
    assert admin.call("GET", f"{FEED}?cursor={begun['cursor']}").status_code == 200


@pytest.mark.parametrize("cursor", ["x", "W10.abc", "%00", "é", "a" * 5_000])
def test_a_cursor_that_the_feed_did_not_make_is_refused(program: Program, cursor: str) -> None:
    answer = program.call("GET", f"{FEED}?cursor={cursor}")
    assert (answer.status_code, answer.json["code"]) == (400, "cursor_invalid")


def test_a_cursor_of_one_album_is_none_of_another(admin: Program, add: Callable[..., str]) -> None:
    add(), add("second")
    cursor = admin.call("GET", f"{FEED}?album_id={ALBUM}").json["cursor"]
    answer = admin.call("GET", f"{FEED}?album_id=second&cursor={cursor}")
    assert (answer.status_code, answer.json["code"]) == (400, "cursor_invalid")
    assert admin.call("GET", f"{FEED}?album_id=nowhere").status_code == 404


def test_an_album_that_is_not_ours_answers_401(program: Program, add: Callable[..., str]) -> None:
    add("second")
    assert program.call("GET", f"{FEED}?album_id=second").status_code == 401
    assert program.call("GET", f"{FEED}?album_id=nowhere").status_code == 401


def test_nothing_new_is_304(program: Program, add: Callable[..., str]) -> None:
    add()
    address = f"{FEED}?cursor={program.call('GET', FEED).json['cursor']}"
    etag = program.call("GET", address).headers["ETag"]
    again = program.call("GET", address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    add()
    assert program.call("GET", address, headers={"If-None-Match": etag}).status_code == 200


def test_a_reader_with_nothing_new_gets_a_newer_cursor_once_a_day(
    program: Program, add: Callable[..., str], settings: Settings
) -> None:
    def is_modified(cursor: Cursor, etag: str) -> bool:
        address = f"{FEED}?cursor={cursor.text(settings)}"
        return program.call("GET", address, headers={"If-None-Match": etag}).status_code == 200

    add()
    today = Cursor.read(program.call("GET", FEED).json["cursor"], settings)
    yesterday = replace(today, made_on=today.made_on - 1)
    etags = [
        program.call("GET", f"{FEED}?cursor={cursor.text(settings)}").headers["ETag"]
        for cursor in (today, yesterday)
    ]
    add("second")  # which the reader does not see
    assert not is_modified(today, etags[0])
    assert is_modified(yesterday, etags[1])


def test_lines_tell_all_and_end_with_the_cursor(
    program: Program, add: Callable[..., str], move: Callable[[str, str], None]
) -> None:
    made = [add() for _ in range(3)]
    cursor = program.call("GET", FEED).json["cursor"]
    made.append(add())
    move(made[0], "second")
    answer = program.call("GET", f"{FEED}?cursor={cursor}", headers={"Accept": "application/x-ndjson"})
    assert answer.content_type == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["upserted"]["id"] for line in lines[:-1] if "upserted" in line] == made[3:]
    assert [line["deleted"]["id"] for line in lines[:-1] if "deleted" in line] == made[:1]
    assert program.call("GET", f"{FEED}?cursor={lines[-1]['cursor']}").json["upserted"] == []


def test_who_waits_hears_of_a_change_when_it_comes(program: Program, add: Callable[..., str]) -> None:
    address = f"{FEED}?wait=20&cursor={program.call('GET', FEED).json['cursor']}"
    timer = threading.Timer(0.5, add)
    timer.start()
    began_at = time.monotonic()
    page = program.call("GET", address).json
    timer.join()
    assert len(page["upserted"]) == 1
    assert 0.4 < time.monotonic() - began_at < 15


@pytest.mark.slow
def test_a_number_taken_without_holding_the_counter_would_lose_a_change(
    app: Flask, admin: Program, add: Callable[..., str]
) -> None:
    """The control: somebody reads between the taking of a number and the commit of its change."""
    image_id = add()
    mirror = Mirror(admin)
    with app.app_context():
        with db.engine.begin() as other:
            next_seq = Site.last_seq + 1
            taken = other.execute(
                sa.update(Site).values(last_seq=next_seq).returning(Site.last_seq)
            ).scalar_one()
        mirror.follow()
        begin_write()
        body = stored_documents()[image_id].replace(b'"title":null', b'"title":"changed"')
        db.session.execute(sa.update(SyncDocument).values(seq=taken, body=body))
        db.session.commit()
    mirror.follow()
    assert mirror.images != seen_by(admin)


@both_engines
@pytest.mark.slow
def test_mirrors_equal_the_database_after_thousands_of_changes_by_many_writers(
    app: Flask, settings: Settings, program: Program, admin: Program
) -> None:
    with app.app_context():
        begin_write()
        for album_id in ALBUMS[1:]:
            create_album(album_id)
        db.session.commit()
    mirrors = [
        Mirror(program),
        Mirror(admin),
        Mirror(admin, f"&album_id={ALBUM}", limit=3),
        Mirror(program, limit=50),
    ]
    errors: list[BaseException] = []
    writers = [threading.Thread(target=_write, args=(app, settings, seed, errors)) for seed in range(4)]
    for thread in writers:
        thread.start()
    while any(thread.is_alive() for thread in writers):
        for mirror in mirrors:
            mirror.follow(most_pages=3)
    for thread in writers:
        thread.join()
    assert errors == []
    for mirror in mirrors:
        mirror.follow()
    everything = seen_by(admin)
    assert len(everything) > 50
    assert mirrors[1].images == everything
    assert mirrors[0].images == mirrors[3].images == seen_by(program)
    assert mirrors[2].images == {
        image_id: body for image_id, body in everything.items() if json.loads(body)["album_id"] == ALBUM
    }
    assert [mirror.restarts for mirror in mirrors] == [0, 0, 0, 0]


CHANGES_OF_A_WRITER = 250


def _write(app: Flask, settings: Settings, seed: int, errors: list[BaseException]) -> None:
    """Change at random, as four people at once would."""
    chance = random.Random(seed)
    try:
        for number in range(CHANGES_OF_A_WRITER):
            with app.app_context():
                _change(chance, settings, f"{seed}-{number}")
    except BaseException as error:  # noqa: BLE001  # told to the test's own thread
        errors.append(error)


def _change(chance: random.Random, settings: Settings, name: str) -> None:
    begin_write()
    albums = [_album(album_id) for album_id in ALBUMS]
    some = db.session.scalars(sa.select(Image.number).order_by(sa.func.random()).limit(chance.randint(1, 3)))
    query = sa.select(Image).where(Image.number.in_(some.all())).order_by(Image.number)
    images = list(db.session.scalars(query.with_for_update(of=Image)))
    if not images or chance.random() < 0.25:
        images = [bare_image(chance.choice(albums), filename=name)]
    for image in images:
        _alter(image, chance, albums, name)
    write_documents(images, settings)
    if chance.random() < 0.1:
        db.session.rollback()
    else:
        db.session.commit()


def _alter(image: Image, chance: random.Random, albums: list[Album], name: str) -> None:
    match chance.randrange(5):
        case 0:
            image.title = name
        case 1:
            image.album = chance.choice(albums)
        case 2:
            db.session.flush()
            tag.put_on(image, [f"tag {chance.randrange(5)}"])
        case 3:
            image.trashed_at = None if image.trashed_at else now()
        case _:
            image.position = chance.randrange(10)
    image.updated_at = now()


def _album(album_id: str) -> Album:
    album = find_album(album_id)
    assert album is not None
    return album
