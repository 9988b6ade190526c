"""Images read, found and changed by programs."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gallery.config import Settings
from gallery.db import db
from gallery.models.event import Event
from gallery.models.image import Image
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

Make = Callable[..., Any]
Images = Callable[[], list[Image]]
Announced = Callable[[], list[tuple[Event, list[str], str | None]]]
SYNC_ONLY = {"tag_names", "user_sfid"}


def path_of(image: Image) -> str:
    return f"/api/v1/images/{image.id}"


def sync_record(program: Program, image: Image) -> dict[str, Any]:
    record: dict[str, Any] = program.call("GET", f"/api/v1/image_syncs?ids={image.id}").json[0]
    return record


@pytest.fixture
def image(make_image: Make, program: Program) -> Image:
    """A processed one of 80 × 40 pixels."""
    found: Image = make_image(drawn_jpeg(), process=True, tags=("one", "two"), metadatas={"job": 1})
    return found


def test_a_record_is_the_sync_record_to_the_byte_but_for_two_keys(program: Program, make_image: Make) -> None:
    image = make_image(
        tags=('a","thumbnails":{', ',"tag_names":['),
        title=',"tag_names":["',
        metadatas={"tag_names": [1], "thumbnails": {"a": ',"tag_names":'}, "user_sfid": None},
        process=True,
    )
    answer = program.call("GET", path_of(image))
    whole = sync_record(program, image)
    assert answer.json == {key: value for key, value in whole.items() if key not in SYNC_ONLY}
    assert list(answer.json) == [key for key in whole if key not in SYNC_ONLY]
    assert b"&" not in answer.data
    (listed,) = program.call("GET", f"/api/v1/albums/{ALBUM}/images").json
    assert listed == answer.json


@both_engines
def test_a_change_shows_in_record_links_and_pictures(
    program: Program, client: FlaskClient, image: Image
) -> None:
    before = sync_record(program, image)
    first = program.call("GET", path_of(image))
    change = {
        "title": "Pier & <3", "description": "North side.", "rotation": 90, "tags": ["two", "three"],
        "crop_x": 10, "crop_y": 5.5, "crop_w": 30, "crop_h": 20, "metadatas": {"z": [None, 1.5], "a": {}},
    }  # fmt: skip
    answer = program.call("PUT", path_of(image), json=change)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != first.headers["ETag"]
    after = sync_record(program, image)
    for key, value in change.items():
        assert after["tag_names" if key == "tags" else key] == value
    assert list(after["metadatas"]) == ["z", "a"]
    assert (after["width"], after["height"]) == (20, 30)
    assert (after["original_width"], after["original_height"]) == (80, 40)
    assert after["updated_at"] > before["updated_at"]
    assert after["original_url"] == before["original_url"]
    assert "c_crop,h_20,w_30,x_10,y_6/c_fit,h_1920,w_1920/a_90/" in after["thumbnails"]["full"]
    link = after["external_urls"]["fit2000"]
    picture = client.get(link[link.index("/image") :])
    assert picture.status_code == 200
    changed = {key for key in after if after[key] != before[key]}
    derived = {"width", "height", "updated_at", "thumbnails", "external_urls", "tag_names"}
    assert changed == change.keys() - {"tags"} | derived


def test_what_is_not_named_stays_and_null_clears(program: Program, image: Image) -> None:
    put = path_of(image)
    program.call("PUT", put, json={"title": "T", "description": "D", "crop_w": 40, "crop_h": 20})
    answer = program.call("PUT", put, json={"title": None, "crop_x": 4})
    assert (answer.json["title"], answer.json["description"]) == (None, "D")
    assert [answer.json[f"crop_{key}"] for key in "xywh"] == [4.0, 0.0, 40.0, 20.0]
    assert answer.json["metadatas"] == {"job": 1}
    assert sync_record(program, image)["tag_names"] == ["one", "two"]
    answer = program.call("PUT", put, json={"crop_w": 0, "crop_h": 0, "metadatas": {}, "tags": []})
    assert [answer.json[f"crop_{key}"] for key in "xywh"] == [0.0] * 4
    assert (answer.json["width"], answer.json["height"], answer.json["metadatas"]) == (80, 40, {})
    assert sync_record(program, image)["tag_names"] == []


def test_a_form_changes_the_same(program: Program, image: Image) -> None:
    fields = {"title": "From a form", "rotation": "270", "crop_w": "10.5", "crop_h": "4", "tags": "b, a"}
    answer = program.call("PUT", path_of(image), data=fields | {"metadatas[key]": "v"})
    assert answer.status_code == 200, answer.text
    record = sync_record(program, image)
    assert (record["title"], record["rotation"], record["crop_w"]) == ("From a form", 270, 10.5)
    assert (record["tag_names"], record["metadatas"]) == (["b", "a"], {"key": "v"})
    answer = program.call("PUT", path_of(image), data={"title": "", "tags[]": ["one, with a comma", "x"]})
    assert answer.json["title"] is None
    assert sync_record(program, image)["tag_names"] == ["one, with a comma", "x"]


def test_what_is_so_already_is_no_change(program: Program, image: Image, announced: Announced) -> None:
    first = program.call("GET", path_of(image))
    same = {"title": None, "rotation": 0, "crop_x": 0, "tags": ["one", "two"], "metadatas": {"job": 1}}
    again = program.call("PUT", path_of(image), json=same)
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert announced() == []
    for metadatas in ({"job": 1.0}, {"job": True}, {"job": True, "a": 1}, {"a": 1, "job": True}):
        answer = program.call("PUT", path_of(image), json={"metadatas": metadatas})
        assert json.dumps(answer.json["metadatas"]) == json.dumps(metadatas)


IMPOSSIBLE: list[tuple[Any, str]] = [
    ({"rotation": 45}, "body_invalid"),
    ({"rotation": -90}, "body_invalid"),
    ({"rotation": 2**70}, "body_invalid"),
    ({"rotation": "90"}, "body_invalid"),
    ({"titel": "misspelt"}, "body_invalid"),
    ({"title": 7}, "body_invalid"),
    ({"tags": None}, "body_invalid"),
    ({"tags": ["a", 1]}, "body_invalid"),
    ({"tags": [" "]}, "tag_invalid"),
    ({"metadatas": [1]}, "body_invalid"),
    ({"crop_x": -1}, "body_invalid"),
    ({"crop_x": 1e308}, "crop_invalid"),
    ({"crop_x": 5}, "crop_invalid"),
    ({"crop_w": 10}, "crop_invalid"),
    ({"crop_w": 0.4, "crop_h": 10}, "crop_invalid"),
    ({"crop_w": 81, "crop_h": 10}, "crop_invalid"),
    ({"crop_x": 0.5, "crop_w": 80, "crop_h": 10}, "crop_invalid"),
    (b'{"title": "a', "body_invalid"),
    (b"[]", "body_invalid"),
    (b"\xff\xfe", "body_invalid"),
    (b'{"title": "\\ud800"}', "body_invalid"),
    (b'{"crop_x": NaN}', "body_invalid"),
    (b'{"metadatas": {"a": 1e999}}', "body_invalid"),
    (b'{"metadatas": {"a": ' + b"[" * 500 + b"]" * 500 + b"}}", "body_invalid"),
    (b'{"metadatas": {"a": ' + b"[" * 100_000 + b"}}", "body_invalid"),
    (b'{"title": "' + b"a" * 1_100_000 + b'"}', "too_large"),
]


def test_a_body_that_cannot_be_is_refused_by_name_and_changes_nothing(program: Program, image: Image) -> None:
    before = program.call("GET", path_of(image))
    for body, code in IMPOSSIBLE:
        sent = (
            {"data": body, "content_type": "application/json"} if isinstance(body, bytes) else {"json": body}
        )
        answer = program.call("PUT", path_of(image), **sent)
        assert answer.json["code"] == code, (body, answer.text)
        assert answer.status_code in (413, 422)
    assert program.call("GET", path_of(image)).data == before.data


def test_a_form_holds_no_number_that_is_none(program: Program, image: Image) -> None:
    for number in ("nan", "inf", "-1", "1e400", ""):
        answer = program.call("PUT", path_of(image), data={"crop_x": number, "crop_w": "9", "crop_h": "9"})
        assert answer.status_code == 422, number
        assert answer.json["code"] in ("body_invalid", "crop_invalid")


@both_engines
def test_hostile_text_is_kept_as_text(program: Program, image: Image) -> None:
    hostile = "\0{{7*7}}<script>\u2028x"
    body = json.dumps({"title": hostile, "tags": [hostile], "metadatas": {hostile: [hostile, 2**63]}})
    answer = program.call("PUT", path_of(image), data=body, content_type="application/json")
    plain = "\ufffd{{7*7}}<script>\u2028x"
    assert (answer.status_code, answer.json["title"]) == (200, plain), answer.text
    assert answer.json["metadatas"] == {plain: [plain, 2**63]}
    assert sync_record(program, image)["tag_names"] == [plain]


def test_a_crop_to_the_edge_stays_inside_when_rounded(program: Program, make_image: Make) -> None:
    image = make_image(drawn_jpeg(size=(99, 41)))
    answer = program.call("PUT", path_of(image), json={"crop_x": 1.5, "crop_w": 97.5, "crop_h": 41})
    x, w = answer.json["crop_x"], answer.json["crop_w"]
    assert (x, w, answer.json["width"]) == (1.0, 97.5, 98)
    answer = program.call("PUT", path_of(image), json={"crop_x": -0.0, "crop_w": 9.0})
    assert '"crop_x":0.0' in answer.text


def test_a_crop_wider_than_any_box_of_a_link_is_delivered(
    program: Program, client: FlaskClient, make_image: Make
) -> None:
    image = make_image(drawn_jpeg(size=(12_000, 40)), process=True)
    crop = {"crop_w": 11_000, "crop_h": 30, "crop_x": 500}
    link = program.call("PUT", path_of(image), json=crop).json["external_urls"]["fit2000"]
    assert client.get(link[link.index("/image") :]).status_code == 200


def test_whoever_is_no_member_changes_and_sees_nothing(
    stranger: Program, admin: Program, image: Image
) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert stranger.call(method, path_of(image), json={"title": "mine"}).status_code == 401
        assert stranger.call(method, "/api/v1/images/none%00", json={}).status_code == 401
        assert admin.call(method, "/api/v1/images/none%ED%A0%80", json={}).status_code == 404
    assert stranger.call("GET", f"/api/v1/albums/{ALBUM}/images").status_code == 401
    assert stranger.call("GET", "/api/v1/images").json == []
    assert stranger.call("GET", f"/api/v1/images?album_id={ALBUM}").status_code == 401
    assert admin.call("GET", path_of(image)).json["title"] is None


def test_an_etag_saves_the_body_and_guards_a_change(program: Program, image: Image) -> None:
    etag = program.call("GET", path_of(image)).headers["ETag"]
    assert etag.strip('"').isdigit()
    for known in (etag, f"W/{etag}", f'"0", {etag}', "*"):
        answer = program.call("GET", path_of(image), headers={"If-None-Match": known})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert program.call("GET", path_of(image), headers={"If-None-Match": '"0"'}).status_code == 200
    for wrong in ('"0"', f"W/{etag}", "", "nonsense"):
        for method in ("PUT", "DELETE"):
            answer = program.call(method, path_of(image), json={"title": "x"}, headers={"If-Match": wrong})
            assert (answer.status_code, answer.json["code"]) == (412, "precondition_failed"), wrong
    for right in ("*", f'"0", {etag}'):
        answer = program.call("PUT", path_of(image), json={"rotation": 0}, headers={"If-Match": right})
        assert answer.status_code == 200
    assert program.call("DELETE", path_of(image), headers={"If-Match": etag}).status_code == 204


@both_engines
def test_of_many_who_change_the_same_state_one_does(program: Program, image: Image) -> None:
    etag = program.call("GET", path_of(image)).headers["ETag"]

    def change(title: str) -> int:
        return program.call(
            "PUT", path_of(image), json={"title": title}, headers={"If-Match": etag}
        ).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(change, "abcdef")) == [200] + [412] * 5


@both_engines
def test_whatever_wins_of_change_and_deletion_the_sync_api_agrees(
    program: Program, app: Flask, settings: Settings, make_image: Make
) -> None:
    images = [make_image(drawn_jpeg((0, 30 * number, 99))) for number in range(6)]

    def act(order: tuple[str, Image]) -> int:
        method, found = order
        return program.call(method, path_of(found), json={"title": "changed"}).status_code

    orders = [(method, found) for found in images for method in ("PUT", "DELETE", "PUT")]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(act, orders))
    assert set(answers) <= {200, 204, 401, 404}
    assert answers.count(204) == 6
    assert program.call("GET", "/api/v1/image_syncs").json == []
    assert len(program.call("GET", "/api/v1/trashed_images").json) == 6


def test_each_change_is_announced(program: Program, image: Image, announced: Announced) -> None:
    program.call("PUT", path_of(image), json={"tags": ["two", "three"], "title": "T"})
    assert announced() == [
        (Event.UPDATED_IMAGE, [image.id], None),
        (Event.NEW_TAG_IMAGE, [image.id], "three"),
        (Event.DELETE_TAG_IMAGE, [image.id], "one"),
    ]


@both_engines
def test_lists_and_searches_come_page_by_page_in_the_contracts_order(
    program: Program, app: Flask, settings: Settings, make_image: Make
) -> None:
    images = [make_image(drawn_jpeg((0, 40 * number, 0))) for number in range(5)]
    with app.app_context():
        db.session.get_one(Image, images[4].number).position = 1
        db.session.commit()
    wanted = [images[number].id for number in (4, 0, 1, 2, 3)]
    for first in (f"/api/v1/albums/{ALBUM}/images?limit=2", "/api/v1/images?limit=2&not=absent"):
        found, path = [], first
        while path:
            answer = program.call("GET", path)
            found.append([record["id"] for record in answer.json])
            path = answer.headers.get("Link", "").partition(">")[0].removeprefix(f"<{settings.public_url}")
        assert found == [wanted[:2], wanted[2:4], wanted[4:]]
    answer = program.call("GET", "/api/v1/images?after=abc")
    assert (answer.status_code, answer.json["code"]) == (400, "cursor_invalid")


@both_engines
def test_a_search_means_what_the_addresses_of_pages_mean(
    program: Program, make_image: Make, sign_in: Make, make_user: Make
) -> None:
    texts = ["100% of_it", "Pier \\ 3", "quay"]
    north, south, other = (
        make_image(
            drawn_jpeg((0, 40 * number, 0)),
            title=title,
            filename=f"IMG{number}.jpg",
            tags=("pier", f"t{number}"),
            location={"latitude": 10.0 * number, "longitude": 2.0},
        ).id
        for number, title in enumerate(texts)
    )
    pages = sign_in(make_user("ann2@example.org", role="admin"))
    asked = {
        "q=PIER+3": [south], "q=img": [north, south, other], "q=100%25+of_": [north], "q=%25": [],
        "q=qu%C3%A1": [other], "q=quay+2": [other], "q=pier+t1": [south], "q=ier": [],
        "tags=pier,t1": [south],
        "untagged=1": [], "format=jpeg,heic": [north, south, other], "format=heic": [],
        "position=with": [north, south, other], "position=without": [],
        "any=t0,t2": [north, other], "not=t0": [south, other], "bbox=0,5,5,15": [south],
        "from=2020-01-01": [north, south, other],
        "to=2020-01-01": [], "from=2999-01-01T00:00:00%2B02:00": [],
        f"album_id={ALBUM}&q=pier+3&tags=t1&from=2020-01-01&to=2999-01-01": [south],
    }  # fmt: skip
    for query, ids in asked.items():
        assert [found["id"] for found in program.call("GET", f"/api/v1/images?{query}").json] == ids, query
        shown = pages.get(f"/albums/{ALBUM}?{query}").text
        assert {image_id for image_id in (north, south, other) if image_id in shown} == set(ids), query


def test_a_search_that_cannot_be_understood_is_refused_by_name(program: Program) -> None:
    for query in (
        "untagged=yes",
        "format=a%20b",
        "uploader=ann",
        "position=1",
        "from=yesterday",
        "from=0000-00-00",
        "from=" + "9" * 5_000,
        "to=2026-01-01T00:00:00",
        "to=9999-12-31",
        "bbox=1",
        "tags=" + ",".join(map(str, range(101))),
    ):
        answer = program.call("GET", f"/api/v1/images?{query}")
        assert (answer.status_code, answer.json["code"]) == (400, "filter_invalid"), query
