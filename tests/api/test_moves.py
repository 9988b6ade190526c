"""Images are moved and duplicated."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery.db import begin_write, db
from gallery.jobs import queue_of
from gallery.models.album import find_album
from gallery.models.document import SyncDocument
from gallery.models.event import Event
from gallery.models.image import UNPLACED, Image
from gallery.models.user import User
from gallery.present.sync_document import write_documents
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines
from tests.records import album_of, bare_image, fresh_documents, stored_documents

Make = Callable[..., Any]
Images = Callable[[], list[Image]]
Announced = Callable[[], list[tuple[Event, list[str], str | None]]]
MOVE = "/api/v1/images/move"


@pytest.fixture
def target(app: Flask, make_album: Make) -> str:
    """Another album of the program's."""
    with app.app_context():
        user = db.session.scalars(sa.select(User).where(User.email == "ann@example.org")).one()
        db.session.expunge_all()
    make_album("target", user)
    return "target"


@both_engines
def test_a_move_takes_the_named_images_and_nothing_else(
    program: Program, target: str, app: Flask, make_image: Make, images: Images, announced: Announced
) -> None:
    first, second, staying = (make_image(drawn_jpeg((0, 40 * number, 0)), tags=("a",)) for number in range(3))
    with app.app_context():
        db.session.get_one(Image, first.number).position = 7
        db.session.commit()
    announced().clear()
    answer = program.call("POST", MOVE, json={"ids": [second.id, first.id, second.id], "album_id": target})
    assert answer.status_code == 200
    assert [(found["id"], found["album_id"]) for found in answer.json] == [
        (second.id, target), (first.id, target),
    ]  # fmt: skip
    assert [image.album.id for image in images()] == [target, target, ALBUM]
    assert images()[0].position == UNPLACED
    assert announced() == [(Event.UPDATED_IMAGE, [first.id, second.id], None)]
    with app.app_context():
        assert stored_documents() == fresh_documents(app.config["GALLERY"])
        album = find_album(target)
        assert album
        numbers = db.session.scalars(sa.select(SyncDocument.album_number).order_by(SyncDocument.created_at))
        assert list(numbers).count(album.number) == 2
    assert len(program.call("GET", f"/api/v1/albums/{target}/images").json) == 2
    assert [found["id"] for found in program.call("GET", f"/api/v1/albums/{ALBUM}/images").json] == [
        staying.id
    ]
    before = program.call("GET", f"/api/v1/images/{first.id}").data
    program.call("POST", MOVE, json={"ids": [first.id], "album_id": target})
    assert program.call("GET", f"/api/v1/images/{first.id}").data == before, "it was there already"


@both_engines
def test_a_move_moves_all_or_none(
    program: Program, admin: Program, target: str, make_image: Make, make_album: Make, images: Images
) -> None:
    image, secret = make_image(), make_image(album_id="secret")
    gone = make_image(drawn_jpeg((0, 0, 250)))
    program.call("DELETE", f"/api/v1/images/{gone.id}")
    for caller, ids, album_id, status in (
        (program, [image.id, secret.id], target, 401),
        (program, [image.id], "secret", 401),
        (program, [image.id], "no such album", 401),
        (program, [image.id, gone.id], target, 401),
        (program, [image.id, "\0"], target, 401),
        (admin, [image.id, "\0"], target, 404),
        (admin, [image.id, gone.id], target, 404),
        (admin, [image.id], "no such album", 404),
        (program, [], target, 422),
        (program, [image.id] * 1_001, target, 422),
        (program, [1], target, 422),
        (program, image.id, target, 422),
        (program, [image.id], None, 422),
    ):
        answer = caller.call("POST", MOVE, json={"ids": ids, "album_id": album_id})
        assert answer.status_code == status, (ids, album_id, answer.text)
    assert [found.album.id for found in images()] == [ALBUM, "secret", ALBUM]


@pytest.mark.slow
def test_a_thousand_images_are_moved_at_once(
    program: Program, target: str, app: Flask, images: Images
) -> None:
    with app.app_context():
        begin_write()
        album = album_of(ALBUM)
        made = [bare_image(album) for _ in range(1_000)]
        for start in range(0, 1_000, 200):
            write_documents(made[start : start + 200], app.config["GALLERY"])
        ids = [image.id for image in made]
        db.session.commit()
    answer = program.call("POST", MOVE, json={"ids": ids, "album_id": target})
    assert [found["id"] for found in answer.json] == ids
    assert {image.album.id for image in images()} == {target}


@both_engines
def test_the_same_bytes_in_the_target_album_stay_beside_what_is_moved(
    program: Program, target: str, images: Images
) -> None:
    content = drawn_jpeg((9, 9, 9))
    there = program.upload(content, album_id=target).json[0]["id"]
    moved = program.upload(content).json[0]["id"]
    assert program.call("POST", MOVE, json={"ids": [moved], "album_id": target}).status_code == 200
    assert {image.id for image in images()} == {there, moved}
    again = program.upload(content, album_id=target)
    assert (again.status_code, [found["id"] for found in again.json]) == (200, [there])
    assert program.upload(content).status_code == 201, "the album that it left has it no longer"


@both_engines
def test_a_duplicate_is_an_image_of_its_own_of_the_same_file(
    program: Program, client: FlaskClient, app: Flask, make_image: Make, images: Images, announced: Announced
) -> None:
    content = drawn_jpeg()
    place = {"latitude": 48.5, "longitude": 2.5, "accuracy": 9.0}
    image = make_image(
        content, process=True, tags=("b", "a"), title="Pier", location=place, metadatas={"j": 1}
    )
    announced().clear()
    before = program.call("GET", "/api/v1/image_syncs").json[0]
    crop = {"crop_x": 0, "crop_y": 0, "crop_w": 40, "crop_h": 20}
    answer = program.call("POST", f"/api/v1/images/{image.id}/duplicates", json={"title": "Detail", **crop})
    assert answer.status_code == 201
    original, copy = program.call("GET", "/api/v1/image_syncs").json
    assert original["group_id"] == copy["group_id"] is not None
    assert {key for key in original if original[key] != before[key]} == {"group_id", "updated_at"}
    assert copy["id"] == answer.json["id"] != original["id"]
    assert (copy["title"], copy["tag_names"], copy["gps_html"]) == ("Detail", ["b", "a"], [48.5, 2.5])
    assert (copy["width"], copy["height"], copy["color"]) == (40, 20, original["color"])
    for key in ("infos", "exifs", "gps", "metadatas", "filename", "size", "page", "processed", "album_id"):
        assert copy[key] == original[key], key
    link = copy["original_url"]
    assert link != original["original_url"]
    assert client.get(link[link.index("/image") :]).data == content
    assert announced() == [
        (Event.NEW_IMAGE, [copy["id"]], None),
        (Event.UPDATED_IMAGE, [image.id], None),
    ]
    again = program.upload(content)
    assert (again.status_code, [found["id"] for found in again.json]) == (200, [image.id])
    third = program.call("POST", f"/api/v1/images/{copy['id']}/duplicates")
    assert third.json["group_id"] == original["group_id"]
    assert program.call("GET", "/api/v1/image_syncs").json[0] == original, "its group was known already"
    with app.app_context():
        assert stored_documents() == fresh_documents(app.config["GALLERY"])


def test_a_duplicate_goes_to_another_album_and_waits_to_be_processed_where_the_image_does(
    program: Program, target: str, app: Flask, make_image: Make, make_album: Make
) -> None:
    image = make_image()
    make_album("secret")
    queue_of(app).huey.flush()
    path = f"/api/v1/images/{image.id}/duplicates"
    for body, status in (
        ({"album_id": "secret"}, 401),
        ({"album_id": None}, 422),
        ({"crop_w": 1_000, "crop_h": 1}, 422),
        ({"tags": []}, 422),
    ):
        assert program.call("POST", path, json=body).status_code == status, body
    assert program.call("GET", f"/api/v1/images/{image.id}").json["group_id"] is None
    answer = program.call("POST", path, json={"album_id": target, "rotation": 180, "title": None})
    assert (answer.status_code, answer.json["album_id"], answer.json["rotation"]) == (201, target, 180)
    assert queue_of(app).huey.pending_count() == 1


def test_of_a_duplicated_image_the_file_stays_until_both_are_gone(
    admin: Program, make_image: Make, stored: Callable[[], list[Any]], client: FlaskClient
) -> None:
    image = make_image(process=True)
    copy = admin.call("POST", f"/api/v1/images/{image.id}/duplicates").json
    link = copy["thumbnails"]["full"]
    for image_id, left in ((image.id, 1), (copy["id"], 0)):
        admin.call("DELETE", f"/api/v1/images/{image_id}")
        assert admin.call("DELETE", f"/api/v1/trashed_images/{image_id}").status_code == 204
        assert len(stored()) == left
        assert client.get(link[link.index("/image") :]).status_code == (200 if left else 404)


def test_an_image_with_duplicates_is_no_file_with_pages(
    program: Program, make_image: Make, sign_in: Make, images: Images
) -> None:
    image = make_image(process=True)
    program.call("POST", f"/api/v1/images/{image.id}/duplicates")
    assert "1 of 2" not in sign_in(_user_of(program)).get(f"/images/{image.id}").text


def _user_of(program: Program) -> User:
    with program.app.app_context():
        user = db.session.scalars(sa.select(User)).one()
        db.session.expunge_all()
        return user


def test_a_stranger_moves_and_duplicates_nothing(
    stranger: Program, make_image: Make, make_album: Make, app: Flask, images: Images
) -> None:
    image = make_image()
    assert stranger.call("POST", f"/api/v1/images/{image.id}/duplicates").status_code == 401
    assert stranger.call("POST", MOVE, json={"ids": [image.id], "album_id": ALBUM}).status_code == 401
    assert len(images()) == 1
