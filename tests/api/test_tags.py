"""Tags are listed, put on images and changed by programs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from gallery.db import begin_write, db
from gallery.models import tag
from gallery.models.event import Event
from gallery.models.image import Image
from gallery.present.sync_document import write_documents
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines
from tests.records import album_of, bare_image, fresh_documents, stored_documents

Make = Callable[..., Any]
TAGS, ON = "/api/v1/tags", "/api/v1/tag_images"
HOSTILE = ["a/b", "..", "~x", ".", "é漢🏗", "\u202ertl", "x" * 10_000, "{{7*7}}", "a,b\\", "100%_"]


def names(program: Program, image: Image) -> list[str]:
    """Of the image's tags."""
    return [each["tag_name"] for each in program.call("GET", f"{ON}?image_id={image.id}").json]


def listed(program: Program, query: str = "") -> dict[str, int]:
    """By name the count of each tag."""
    return {each["name"]: each["image_count"] for each in program.call("GET", TAGS + query).json}


def are_true(app: Flask) -> bool:
    """Whether every document is what would be written now."""
    with app.app_context():
        return stored_documents() == fresh_documents(app.config["GALLERY"])


@both_engines
def test_a_tag_of_any_name_is_made_renamed_and_deleted_at_its_address(
    admin: Program, app: Flask, make_image: Make
) -> None:
    image = make_image(tags=("before",))
    for name in HOSTILE:
        made = admin.call("POST", ON, json={"image_id": image.id, "tag_name": name})
        assert (made.status_code, made.json) == (
            201, [{"image_id": image.id, "tag_name": name, "position": 1}],
        )  # fmt: skip
        found = admin.call("POST", TAGS, json={"name": name})
        assert (found.status_code, found.json) == (200, {"name": name, "image_count": 1})
        renamed = admin.call("PUT", found.headers["Location"], json={"name": name + "/2"})
        assert renamed.json == {"name": name + "/2", "image_count": 1}
        assert names(admin, image) == ["before", name + "/2"]
        assert admin.call("DELETE", found.headers["Location"]).status_code == 404
        assert are_true(app)
        assert admin.call("DELETE", renamed.headers["Location"]).status_code == 204
        assert names(admin, image) == ["before"]
    assert are_true(app)
    assert listed(admin) == {"before": 1}
    for name in ("", "  ", None, 7):
        assert admin.call("POST", TAGS, json={"name": name}).status_code == 422
    assert admin.call("POST", TAGS, data={"name": "a\0"}).json["name"] == "a\ufffd"


@both_engines
def test_a_token_hears_of_the_tags_on_images_that_it_sees(
    program: Program, admin: Program, make_image: Make
) -> None:
    make_image(tags=("shared", "mine"))
    make_image(drawn_jpeg((1, 1, 1)), tags=("shared", "Minor"))
    make_image(album_id="secret", tags=("shared", "theirs"))
    trashed = make_image(drawn_jpeg((2, 2, 2)), tags=("gone", "shared"))
    admin.call("DELETE", f"/api/v1/images/{trashed.id}")
    assert listed(program) == {"Minor": 1, "mine": 1, "shared": 2}
    assert listed(admin) == {"Minor": 1, "gone": 0, "mine": 1, "shared": 3, "theirs": 1}
    assert listed(program, "?q=MIN") == {"Minor": 1, "mine": 1}
    assert listed(program, "?q=%25") == {}
    assert listed(admin, "?album_id=secret") == {"shared": 1, "theirs": 1}
    assert program.call("GET", TAGS + "?album_id=secret").status_code == 401


def test_the_list_comes_page_by_page_whatever_the_names(
    admin: Program, make_image: Make, settings: Any
) -> None:
    wanted = ["x" * 300 + str(number) for number in range(3)] + ["é" * 10_000, "🏗" * 200, "a"]
    make_image(tags=wanted)
    found, path = [], TAGS + "?limit=2"
    while path:
        answer = admin.call("GET", path)
        found += [each["name"] for each in answer.json]
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix(f"<{settings.public_url}")
    assert sorted(found) == sorted(wanted)


@both_engines
def test_a_tag_is_put_on_many_images_and_taken_off_again_or_on_none(
    program: Program, admin: Program, app: Flask, make_image: Make, announced: Callable[[], Any]
) -> None:
    images = [make_image(drawn_jpeg((0, 40 * number, 9)), tags=("a", "b")) for number in range(3)]
    ids, secret = [image.id for image in images], make_image(album_id="secret")
    before = admin.call("GET", f"/api/v1/image_syncs?ids={ids[0]}").json[0]["updated_at"]
    admin.call("DELETE", ON, json={"image_id": ids[0], "tag_name": "a"})
    announced().clear()
    body = {"image_ids": ids, "tag_name": "new"}
    made = program.call("POST", ON, json=body)
    assert made.status_code == 201
    assert [each["position"] for each in made.json] == [1, 2, 2]
    assert (Event.NEW_TAG_IMAGE, ids, "new") in announced()
    assert program.call("POST", ON, json=body).status_code == 200
    assert len(announced()) == 2
    assert names(program, images[0]) == ["b", "new"]
    record = program.call("GET", f"/api/v1/image_syncs?ids={ids[0]}").json[0]
    assert (record["tag_names"], record["updated_at"] > before) == (["b", "new"], True)
    for wrong, status in (
        ({"image_ids": [*ids, secret.id], "tag_name": "x"}, 401),
        ({"image_ids": [*ids, "\0"], "tag_name": "x"}, 401),
        ({"image_ids": [], "tag_name": "x"}, 422),
        ({"image_ids": ["x"] * 1_001, "tag_name": "x"}, 422),
        ({"image_id": ids[0], "image_ids": ids, "tag_name": "x"}, 422),
        ({"image_id": ids[0], "tag_name": " "}, 422),
        ({"tag_name": "x"}, 422),
    ):
        assert program.call("POST", ON, json=wrong).status_code == status, wrong
    assert program.call("DELETE", ON, json=body).status_code == 204
    assert (Event.DELETE_TAG_IMAGE, ids, "new") in announced()
    assert program.call("DELETE", f"{ON}?image_id={ids[1]}&tag_name=a").status_code == 204
    assert [names(program, image) for image in images] == [["b"], ["b"], ["a", "b"]]
    assert program.call("DELETE", f"{ON}?image_id={ids[1]}&tag_name=unknown").status_code == 204
    assert program.call("DELETE", ON).status_code == 422
    assert are_true(app)


def test_only_admins_change_tags_on_all_images(program: Program, make_image: Make) -> None:
    image = make_image(tags=("a",))
    assert program.call("PUT", TAGS + "/a", json={"name": "b"}).status_code == 401
    assert program.call("DELETE", TAGS + "/a").status_code == 401
    assert names(program, image) == ["a"]


@both_engines
def test_a_tag_that_gets_the_name_of_another_is_joined_with_it(
    admin: Program, app: Flask, make_image: Make, announced: Callable[[], Any]
) -> None:
    both, old, other = (
        make_image(drawn_jpeg((0, 9, 40 * number)), tags=tags)
        for number, tags in enumerate((("old", "x", "new"), ("old", "y"), ("new",)))
    )
    trashed = make_image(drawn_jpeg((9, 0, 90)), tags=("old", "z"))
    admin.call("DELETE", f"/api/v1/images/{trashed.id}")
    announced().clear()
    assert admin.call("PUT", TAGS + "/old", json={"name": " new "}).json == {"name": "new", "image_count": 3}
    assert [names(admin, image) for image in (both, old, other)] == [["x", "new"], ["new", "y"], ["new"]]
    assert (Event.DELETE_TAG_IMAGE, [both.id], "old") in announced()
    assert (Event.NEW_TAG_IMAGE, [old.id], "new") in announced()
    admin.call("POST", f"/api/v1/trashed_images/{trashed.id}/restoration")
    assert names(admin, trashed) == ["new", "z"]
    assert are_true(app)
    assert admin.call("PUT", TAGS + "/new", json={"name": "new"}).json["image_count"] == 4
    assert admin.call("PUT", TAGS + "/old", json={"name": "q"}).status_code == 404


@pytest.mark.slow
@both_engines
def test_renaming_and_tagging_at_once_leave_every_document_true(admin: Program, app: Flask) -> None:
    with app.app_context():
        begin_write()
        images = [bare_image(album_of(ALBUM)) for _ in range(30)]
        db.session.flush()
        for image in images[:15]:
            tag.put_on(image, ["a"])
        write_documents(images, app.config["GALLERY"])
        ids = [image.id for image in images]
        db.session.commit()
    calls: list[tuple[str, str, Any]] = []
    for number in range(0, 30, 2):
        calls += [
            ("POST", ON, {"image_ids": ids[number : number + 2], "tag_name": "ab"[number % 4 // 2]}),
            ("PUT", TAGS + "/" + "ab"[number % 4 // 2], {"name": "ba"[number % 4 // 2]}),
            ("DELETE", ON, {"image_id": ids[number], "tag_name": "a"}),
            ("PUT", f"/api/v1/images/{ids[29 - number]}", {"tags": ["b", "a"]}),
        ]
    calls.insert(20, ("DELETE", TAGS + "/b", None))
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda call: admin.call(call[0], call[1], json=call[2]), calls))
    assert {answer.status_code for answer in answers} <= {200, 201, 204, 404, 503}, [
        answer.text for answer in answers if answer.status_code == 500
    ]
    assert are_true(app)


@pytest.mark.slow
def test_a_tag_of_many_images_is_renamed_at_once(admin: Program, app: Flask) -> None:
    with app.app_context():
        begin_write()
        images = [bare_image(album_of(ALBUM)) for _ in range(1_100)]
        db.session.flush()
        (made,) = tag.find_or_create(["many"])
        for start in range(0, 1_100, 500):
            tag.put_on_all(made, [image.number for image in images[start : start + 500]])
            write_documents(images[start : start + 500], app.config["GALLERY"])
        db.session.commit()
    assert admin.call("PUT", TAGS + "/many", json={"name": "m"}).json == {"name": "m", "image_count": 1_100}
    assert are_true(app)
