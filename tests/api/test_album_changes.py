"""Albums are created, changed, merged and deleted by programs."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing import merging
from gallery.errors import NotFound
from gallery.ingest import Upload, keep
from gallery.models import tag, token
from gallery.models.album import Album, find_album
from gallery.models.image import UNPLACED, Image
from gallery.models.user import Role, User
from gallery.present.sync_document import write_documents
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines
from tests.records import album_of, bare_image, fresh_documents, stored_documents

Make = Callable[..., Any]
ALBUMS = "/api/v1/albums"
HOSTILE = [
    "a/b//c/",
    "..",
    "~YQ",
    "é漢🏗",
    "\u202ertl",
    "x" * 10_000,
    "a\\b\n",
    "%2F?#&",
    "'; DROP TABLE album;--",
]


@pytest.fixture
def reviewer(app: Flask, settings: Settings, make_user: Callable[..., User]) -> Program:
    """A reviewer's."""
    return Program(app, token.issue(make_user("rev@example.org", Role.REVIEWER), settings))


@both_engines
@pytest.mark.parametrize("album_id", HOSTILE, ids=lambda text: quote(text[:8], safe=""))
def test_an_album_of_any_id_is_created_read_renamed_and_deleted_at_its_address(
    admin: Program, album_id: str
) -> None:
    made = admin.call("POST", ALBUMS, json={"id": album_id})
    assert (made.status_code, made.json["id"], made.json["name"]) == (201, album_id, album_id)
    address = made.headers["Location"]
    assert admin.call("GET", address).json == made.json
    assert admin.call("POST", ALBUMS, json={"id": album_id}).json["code"] == "album_exists"
    moved = admin.call("PUT", address, json={"id": album_id + "2", "description": "d"})
    assert (moved.json["id"], moved.json["name"], moved.json["description"]) == (
        album_id + "2",
        album_id,
        "d",
    )
    assert admin.call("GET", address).status_code == 404
    listed = [album["id"] for album in admin.call("GET", ALBUMS).json]
    assert listed == [album_id + "2"]
    again = admin.call("POST", ALBUMS, data={"id": album_id, "name": "form"})
    assert (again.status_code, again.json["name"]) == (201, "form")
    assert admin.call("DELETE", address).status_code == 204
    assert admin.call("GET", address).status_code == 404


def test_what_cannot_be_stored_is_replaced_and_what_is_no_album_refused(admin: Program) -> None:
    made = admin.call("POST", ALBUMS, data=rb'{"id": "a\u0000b"}', content_type="application/json")
    assert made.json["id"] == "a\ufffdb"
    lone = admin.call("POST", ALBUMS, data=rb'{"id": "\ud800"}', content_type="application/json")
    assert (lone.status_code, lone.json["code"]) == (422, "body_invalid")
    assert len(admin.call("POST", ALBUMS).json["id"]) == 36
    for body in ({"id": ""}, {"id": 7}, {"id": None}, {"name": []}, {"title": "x"}, []):
        assert admin.call("POST", ALBUMS, json=body).status_code == 422, body
    assert admin.call("PUT", ALBUMS + "/a%EF%BF%BDb", json={"id": ""}).status_code == 422


def test_reviewers_create_albums_and_belong_to_them_members_do_not(
    program: Program, reviewer: Program, admin: Program
) -> None:
    assert program.call("POST", ALBUMS, json={"id": "n"}).status_code == 401
    assert reviewer.call("POST", ALBUMS, json={"id": "n"}).status_code == 201
    assert [found["email"] for found in reviewer.call("GET", ALBUMS + "/n/members").json] == [
        "rev@example.org"
    ]
    for caller in (program, reviewer):
        for method, path, body in (
            ("PUT", "/n", {"name": "x"}),
            ("DELETE", "/n", None),
            ("POST", "/n/merges", {"source_id": ALBUM}),
            ("POST", "/n/members", {"email": "ann@example.org"}),
            ("DELETE", "/n/members/x", None),
        ):
            assert caller.call(method, ALBUMS + path, json=body).status_code == 401
    assert admin.call("GET", ALBUMS + "/n").json["name"] == "n"


@both_engines
def test_members_are_admitted_and_dismissed(program: Program, admin: Program, make_album: Make) -> None:
    make_album("n")
    assert program.call("GET", ALBUMS + "/n").status_code == 401
    one = admin.call("POST", ALBUMS + "/n/members", json={"email": "ann@example.org"})
    assert one.status_code == 201
    assert admin.call("POST", ALBUMS + "/n/members", json={"user_id": one.json["user_id"]}).status_code == 200
    assert program.call("GET", ALBUMS + "/n/members").json == [one.json]
    for body, status in (
        ({"user_id": "\0"}, 404),
        ({"email": "nobody"}, 404),
        ({}, 422),
        ({"user_id": "a", "email": "b"}, 422),
    ):
        assert admin.call("POST", ALBUMS + "/n/members", json=body).status_code == status
    for _ in range(2):
        assert admin.call("DELETE", f"{ALBUMS}/n/members/{one.json['user_id']}").status_code == 204
    assert program.call("GET", ALBUMS + "/n").status_code == 401
    assert admin.call("GET", ALBUMS + "/n/members").json == []


@both_engines
def test_a_new_id_is_written_into_every_record_and_nothing_else_changes(
    admin: Program, app: Flask, make_image: Make
) -> None:
    images = [make_image(tags=("a",)), make_image(drawn_jpeg((0, 9, 200)))]
    admin.call("DELETE", f"/api/v1/images/{images[1].id}")
    answer = admin.call("PUT", f"{ALBUMS}/{ALBUM}", json={"id": "new/id"})
    assert (answer.status_code, answer.json["image_count"]) == (200, 1)
    record = admin.call("GET", f"/api/v1/images/{images[0].id}").json
    assert record["album_id"] == "new/id"
    assert record["infos"]["tags"] == [ALBUM], "as it was at upload"
    with app.app_context():
        assert stored_documents() == {
            image_id: body
            for image_id, body in fresh_documents(app.config["GALLERY"]).items()
            if image_id != images[1].id
        }
    assert (
        admin.call("POST", f"/api/v1/trashed_images/{images[1].id}/restoration").json["album_id"] == "new/id"
    )


def test_an_album_that_changed_since_it_was_read_is_left_alone(admin: Program, make_album: Make) -> None:
    make_album(ALBUM)
    seen = admin.call("GET", f"{ALBUMS}/{ALBUM}").headers["ETag"]
    changed = admin.call("PUT", f"{ALBUMS}/{ALBUM}", json={"name": "1"}, headers={"If-Match": seen})
    assert changed.status_code == 200
    for method in ("PUT", "DELETE"):
        refused = admin.call(method, f"{ALBUMS}/{ALBUM}", json={"name": "2"}, headers={"If-Match": seen})
        assert (refused.status_code, refused.json["code"]) == (412, "precondition_failed")
    assert admin.call("GET", f"{ALBUMS}/{ALBUM}").headers["ETag"] == changed.headers["ETag"]
    assert admin.call("PUT", f"{ALBUMS}/{ALBUM}", json={"name": "1"}).json == changed.json, "no change"
    answer = admin.call("DELETE", f"{ALBUMS}/{ALBUM}", headers={"If-Match": changed.headers["ETag"]})
    assert answer.status_code == 204


@both_engines
def test_only_an_album_of_no_images_is_deleted_and_its_deletions_are_told_on(
    admin: Program, app: Flask, make_image: Make
) -> None:
    image = make_image()
    cursor = admin.call("GET", "/api/v1/image_syncs/changes").json["cursor"]
    assert admin.call("DELETE", f"{ALBUMS}/{ALBUM}").json["code"] == "album_not_empty"
    admin.call("DELETE", f"/api/v1/images/{image.id}")
    assert "trash" in admin.call("DELETE", f"{ALBUMS}/{ALBUM}").json["detail"]
    assert admin.call("DELETE", f"/api/v1/trashed_images/{image.id}").status_code == 204
    assert admin.call("DELETE", f"{ALBUMS}/{ALBUM}").status_code == 204
    told = admin.call("GET", f"/api/v1/image_syncs/changes?cursor={cursor}").json["deleted"]
    assert [(deletion["id"], deletion["album_id"]) for deletion in told] == [(image.id, ALBUM)]
    with app.app_context():
        number = db.session.scalar(sa.text("SELECT gone_album_number FROM site"))
    admin.call("POST", ALBUMS, json={"id": "next"})
    with app.app_context():
        found = find_album("next")
        assert found
        assert found.number > (number or 0), "numbers are never given again"


def filled(app: Flask, album_id: str, count: int, placed: int = 0) -> list[str]:
    """Ids of the images of a new album in its order; the first so many have a place of their own."""
    with app.app_context():
        begin_write()
        album = album_of(album_id)
        images = [bare_image(album, position=count - at if at < placed else UNPLACED) for at in range(count)]
        for start in range(0, count, 500):
            write_documents(images[start : start + 500], app.config["GALLERY"])
        ordered = sorted(images, key=lambda image: (image.position, image.created_at))
        ids = [image.id for image in ordered]
        db.session.commit()
    return ids


@both_engines
def test_a_merge_keeps_images_order_tags_trash_and_members(
    admin: Program, program: Program, app: Flask, make_image: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    content = drawn_jpeg((1, 2, 200))
    twin, there = make_image(content, album_id="S", tags=("t",)), make_image(content)
    trashed = make_image(album_id="S")
    admin.call("DELETE", f"/api/v1/images/{trashed.id}")
    gone = make_image(album_id="S")
    admin.call("DELETE", f"/api/v1/images/{gone.id}")
    admin.call("DELETE", f"/api/v1/trashed_images/{gone.id}")
    source, target = filled(app, "S", 5, placed=3), filled(app, ALBUM, 4, placed=2)
    admin.call("POST", ALBUMS + "/S/members", json={"email": "admin@example.org"})
    cursor = program.call("GET", "/api/v1/image_syncs/changes").json["cursor"]
    merged = admin.call("POST", f"{ALBUMS}/{ALBUM}/merges", json={"source_id": "S"})
    assert (merged.status_code, merged.json["image_count"]) == (200, 11)
    ids = [image["id"] for image in admin.call("GET", f"{ALBUMS}/{ALBUM}/images").json]
    assert ids[:5] == target[:2] + source[:3]
    assert [image_id for image_id in ids[5:] if image_id in source] == source[3:]
    assert {twin.id, there.id} <= set(ids)
    with app.app_context():
        expected = fresh_documents(app.config["GALLERY"])
        del expected[trashed.id]
        assert stored_documents() == expected
        assert tag.names_on([twin.number]) == {twin.number: ["t"]}
    assert admin.call("GET", ALBUMS + "/S").status_code == 404
    assert len(admin.call("GET", f"{ALBUMS}/{ALBUM}/members").json) == 2
    told = program.call("GET", f"/api/v1/image_syncs/changes?cursor={cursor}").json["upserted"]
    assert {record["id"] for record in told} == {*source, twin.id}
    restored = admin.call("POST", f"/api/v1/trashed_images/{trashed.id}/restoration")
    assert restored.json["album_id"] == ALBUM


def test_a_merge_that_cannot_be_leaves_all_as_it_was(admin: Program, app: Flask) -> None:
    ids = filled(app, "S", 3)
    filled(app, ALBUM, 1)
    for source, status in (("S2", 404), (ALBUM, 422), ("\0", 404)):
        answer = admin.call("POST", f"{ALBUMS}/{ALBUM}/merges", json={"source_id": source})
        assert answer.status_code == status
    assert [image["id"] for image in admin.call("GET", ALBUMS + "/S/images").json] == ids


@pytest.mark.slow
@both_engines
def test_moves_uploads_and_duplicates_while_albums_merge_lose_nothing(
    admin: Program, app: Flask, make_image: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each either happens before the merge, or between its pieces, or hears that the album is gone."""
    monkeypatch.setattr(merging, "AT_ONCE", 15)
    for round_ in range(3):
        source = f"S{round_}"
        inside = filled(app, source, 40)
        outside = filled(app, f"X{round_}", 10)
        make_image(drawn_jpeg((round_, 3, 3)))
        calls: list[tuple[str, str, Any]] = [("POST", f"{ALBUMS}/{ALBUM}/merges", {"source_id": source})]
        calls += [
            ("POST", "/api/v1/images/move", {"ids": [each], "album_id": source}) for each in outside[:4]
        ]
        calls += [("POST", f"/api/v1/images/{each}/duplicates", {"album_id": source}) for each in inside[:4]]
        calls += [("PUT", f"/api/v1/images/{each}", {"title": "t"}) for each in inside[4:8]]
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda call: admin.call(call[0], call[1], json=call[2]), calls))
        assert answers[0].status_code == 200
        assert {answer.status_code for answer in answers} <= {200, 201, 404}, [a.text for a in answers]
        with app.app_context():
            assert find_album(source) is None
            assert stored_documents() == fresh_documents(app.config["GALLERY"])
            left = sa.select(sa.func.count()).select_from(Image).join(Image.album).where(Album.id == source)
            assert db.session.scalar(left) == 0


@both_engines
def test_an_upload_into_an_album_that_was_deleted_meanwhile_is_refused_and_leaves_nothing(
    admin: Program, app: Flask, settings: Settings, make_album: Make, stored: Callable[[], list[Any]]
) -> None:
    make_album(ALBUM)
    with app.app_context():
        album = find_album(ALBUM)
        assert album
        db.session.rollback()
        with ThreadPoolExecutor(1) as other:
            assert other.submit(admin.call, "DELETE", f"{ALBUMS}/{ALBUM}").result().status_code == 204
        before = stored()
        with pytest.raises(NotFound):
            keep(BytesIO(drawn_jpeg((5, 5, 5))), Upload("a.jpg", album), settings)
        db.session.rollback()
    assert stored() == before


QUAY = {"type": "Point", "coordinates": [18.07512, 59.30843], "radius_m": 500.0}
ACROSS_180 = {"type": "Polygon", "coordinates": [[[179, -1], [-179, -1], [-179, 1], [179, 1], [179, -1]]]}


@both_engines
def test_programs_read_and_set_the_place_and_the_second_reviewer(admin: Program) -> None:
    address = admin.call("POST", "/api/v1/albums", json={"id": "a"}).headers["Location"]
    read = admin.call("GET", address)
    assert (read.json["place"], read.json["needs_second"]) == (None, False)
    for place in (QUAY, ACROSS_180):
        changed = admin.call("PUT", address, json={"place": place, "needs_second": True})
        assert (changed.json["place"], changed.json["needs_second"]) == (place, True)
    headers = {"If-Match": read.headers["ETag"]}
    assert admin.call("PUT", address, json={"place": None}, headers=headers).status_code == 412
    form = {"place": json.dumps(QUAY), "needs_second": "false"}
    changed = admin.call("PUT", address, data=form)
    assert (changed.json["place"], changed.json["needs_second"]) == (QUAY, False)
    refused = admin.call("PUT", address, data={"place": "somewhere"})
    assert (refused.status_code, refused.json["code"]) == (422, "place_invalid")
    assert admin.call("PUT", address, json={"place": ""}).json["place"] is None
