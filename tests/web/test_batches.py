"""Things are done to many images at once, and undone."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gallery import batching
from gallery.config import Settings
from gallery.db import db
from gallery.models.batch import unended_numbers
from gallery.models.image import Image
from gallery.models.tag import names_on
from gallery.models.user import User
from gallery.web import batches
from tests.engines import both_engines

pytestmark = both_engines
Add = Callable[..., list[str]]


def begin(
    client: FlaskClient, deed: str, images: list[str] | None = None, *, query: str = "", **more: str
) -> TestResponse:
    """Send the grid's form: these images, or all of the album `one` that pass the query."""
    token = client.get("/trash").text.split('name="csrf_token" value="')[1].split('"')[0]
    chosen: dict[str, Any] = {"image": images} if images is not None else {"all": "on", "album": "one"}
    return client.post(f"/batches{query}", data={"csrf_token": token, "deed": deed, **chosen, **more})


def way_back(client: FlaskClient, answer: TestResponse) -> Callable[[], TestResponse]:
    """The button that comes with the answer, to be pressed."""
    page = client.get(answer.location).text
    path = page.split('action="/batches/')[1].split('"')[0]
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    return lambda: client.post(f"/batches/{path}", data={"csrf_token": token})


@pytest.fixture
def state(app: Flask) -> Callable[[list[str]], list[Any]]:
    """What a batch can change of images, and all of it that shows."""

    def look(ids: list[str]) -> list[Any]:
        with app.app_context():
            images = {image.id: image for image in db.session.query(Image).where(Image.id.in_(ids))}
            names = names_on([image.number for image in images.values()])
            return [
                (i.album.id, i.position, i.title, names[i.number], i.trashed_at is not None, i.processed)
                for i in map(images.__getitem__, ids)
            ]

    return look


@pytest.mark.parametrize(
    ("deed", "fields", "nth", "expected"),
    [
        ("put-on", {"tag": "new"}, 3, ["a", "b", "new"]),
        ("take-off", {"tag": "a"}, 3, ["b"]),
        ("title", {"title": "Same"}, 2, "Same"),
        ("move", {"target": "two"}, 0, "two"),
        ("trash", {}, 4, True),
    ],
)
def test_what_is_done_is_done_and_undone(
    visitor: FlaskClient,
    add_images: Add,
    state: Any,
    deed: str,
    fields: dict[str, str],
    nth: int,
    expected: Any,
) -> None:
    ids, left = add_images("one", 3, tags=("a", "b"), position=5, title="Own"), add_images("one", 1)
    add_images("two")
    before, untouched = state(ids), state(left)
    answer = begin(visitor, deed, ids, **fields)
    assert answer.status_code == 303
    assert [each[nth] for each in state(ids)] == [expected] * 3
    assert state(left) == untouched
    assert way_back(visitor, answer)().status_code == 303
    assert state(ids) == before


def test_undoing_leaves_what_was_changed_since(visitor: FlaskClient, add_images: Add, state: Any) -> None:
    ids = add_images("one", 2, title="Own")
    undo = way_back(visitor, begin(visitor, "title", ids, title="Same"))
    begin(visitor, "title", ids[:1], title="Later")
    undo()
    assert [each[2] for each in state(ids)] == ["Later", "Own"]


def test_all_that_match_are_more_than_a_page(
    visitor: FlaskClient, add_images: Add, state: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ticks, and here without the worker's help at once."""
    monkeypatch.setattr(batches, "AT_ONCE", 300)
    ids, others = add_images("one", 230, tags=("a",)), add_images("one", 2)
    answer = begin(visitor, "put-on", query="?tags=a", tag="new")
    assert answer.location == "/albums/one?tags=a"
    assert "put on 230 photographs" in visitor.get(answer.location).text
    assert all("new" in each[3] for each in state(ids))
    assert not any("new" in each[3] for each in state(others))


def test_a_large_one_is_carried_out_by_the_worker_and_goes_on_after_a_kill(
    visitor: FlaskClient,
    add_images: Add,
    state: Any,
    app: Flask,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 10)
    ids = add_images("one", 120)
    answer = begin(visitor, "put-on", ids, tag="new")
    assert answer.location.startswith("/batches/")
    assert "0 of 120 done" in visitor.get(answer.location).text
    with app.app_context():
        (number,) = unended_numbers()
        assert batching.step(number, settings) == []
    assert "100 of 120 done" in visitor.get(answer.location).text
    assert sum("new" in each[3] for each in state(ids)) == 100
    with app.app_context():
        batching.run(number, settings)
        assert unended_numbers() == []
    assert "put on 120 photographs" in visitor.get(answer.location).text


def test_originals_come_as_one_file_that_can_be_gone_on_with(
    visitor: FlaskClient, make_image: Callable[..., Image]
) -> None:
    ids = [make_image(filename=name, album_id="one").id for name in ("a.jpg", "A.jpg", "../é?.jpg")]
    answer = begin(visitor, "download", ids)
    whole = visitor.get(answer.location)
    assert whole.headers["Content-Length"] == str(len(whole.data))
    with zipfile.ZipFile(BytesIO(whole.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.jpg", "A (2).jpg", "é_.jpg"]
    for start in (1, 40, 700, len(whole.data) - 1):
        rest = visitor.get(
            answer.location, headers={"Range": f"bytes={start}-", "If-Range": whole.headers["ETag"]}
        )
        assert (rest.status_code, rest.data) == (206, whole.data[start:])
    assert (
        visitor.get(answer.location, headers={"Range": "bytes=1-", "If-Range": '"other"'}).status_code == 200
    )
    beyond = visitor.get(answer.location, headers={"Range": f"bytes={len(whole.data)}-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("explode", {}),
        ("put-on", {"tag": " "}),
        ("move", {"target": "nowhere"}),
        ("trash", {"image": []}),
        ("trash", {"image": ["\x00", "x" * 5000]}),
    ],
)
def test_what_cannot_be_done_is_said(
    visitor: FlaskClient, add_images: Add, state: Any, deed: str, fields: dict[str, Any]
) -> None:
    ids = add_images("one", 2)
    before = state(ids)
    given = dict(fields)
    answer = begin(visitor, deed, **{"images": given.pop("image", ids), **given})
    assert answer.status_code in (404, 422)
    assert state(ids) == before


def test_nobody_changes_what_is_not_theirs(
    visitor: FlaskClient,
    add_images: Add,
    state: Any,
    sign_in: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    make_album: Any,
) -> None:
    sealed, own = add_images("sealed", 1), add_images("own", 1)
    begin(visitor, "put-on", sealed, tag="new")
    bob = make_user("bob@example.org")
    make_album("own", bob)
    client = sign_in(bob)
    before = state(sealed)
    begin(client, "trash", [*sealed, *own])
    assert [each[4] for each in state([*sealed, *own])] == [False, True]
    assert state(sealed) == before
    assert begin(client, "move", own, target="sealed").status_code == 404
    assert begin(client, "trash", sealed).status_code == 422
