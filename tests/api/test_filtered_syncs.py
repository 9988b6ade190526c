"""`image_syncs` by album, tags and time, and a page at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import tag
from gallery.present.sync_document import write_documents
from tests.api.conftest import ALBUM, Program
from tests.engines import both_engines
from tests.records import album_of, bare_image

PATH = "/api/v1/image_syncs"
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def twelve(app: Flask, settings: Settings) -> list[str]:
    """Images, each an hour after the one before: of two albums by turns, every third tagged; their ids."""
    with app.app_context():
        begin_write()
        images = [
            bare_image(album_of((ALBUM, "second")[number % 2]), updated_at=START + timedelta(hours=number))
            for number in range(12)
        ]
        images[7].position = 1
        db.session.flush()
        for number, image in enumerate(images):
            tag.put_on(image, ["odd"] * (number % 2) + ["third"] * (number % 3 == 0))
        write_documents(images, settings)
        db.session.commit()
        return [image.id for image in images]


def ids(program: Program, query: str) -> list[str]:
    """Of the answer's records, in order."""
    answer = program.call("GET", f"{PATH}?{query}")
    assert answer.status_code == 200, answer.text
    return [record["id"] for record in answer.json]


@both_engines
def test_pages_are_the_whole_list_cut_in_pieces(
    admin: Program, twelve: list[str], settings: Settings
) -> None:
    whole = ids(admin, "")
    assert whole[0] == twelve[7]
    found, query = [], "limit=5"
    while query:
        answer = admin.call("GET", f"{PATH}?{query}")
        found.append([record["id"] for record in answer.json])
        assert answer.data.startswith(b'[{"id":')
        query = answer.headers.get("Link", "").partition(">")[0].partition("?")[2]
    assert [len(page) for page in found] == [5, 5, 2]
    assert [image_id for page in found for image_id in page] == whole


@both_engines
def test_filters_say_which_and_join(admin: Program, program: Program, twelve: list[str]) -> None:
    assert set(ids(admin, "album_id=second")) == set(twelve[1::2])
    assert set(ids(admin, "tags=odd,third")) == {twelve[3], twelve[9]}
    assert ids(admin, "tags=nobody") == []
    since = (START + timedelta(hours=9)).isoformat()
    assert set(ids(admin, f"updated_since={since}")) == set(twelve[9:])
    assert set(ids(admin, "updated_since=2026-03-01T10:00:00%2B01:00&tags=third")) == {twelve[9]}
    assert ids(program, "tags=third") == [twelve[0], twelve[6]]
    assert ids(admin, f"ids={twelve[0]},{twelve[1]}&tags=odd") == [twelve[1]]


def test_an_album_out_of_sight_is_401_and_to_an_admin_404(
    program: Program, twelve: list[str], admin: Program
) -> None:
    assert program.call("GET", f"{PATH}?album_id=second").status_code == 401
    assert admin.call("GET", f"{PATH}?album_id=nowhere").status_code == 404


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("updated_since=yesterday", "query_invalid"),
        ("updated_since=2026-01-01T00:00:00", "query_invalid"),
        ("limit=-1", "query_invalid"),
        ("limit=1001", "query_invalid"),
        ("limit=ten", "query_invalid"),
        ("limit=5&after=xyz", "cursor_invalid"),
    ],
)
def test_what_cannot_be_read_is_named(program: Program, query: str, code: str) -> None:
    answer = program.call("GET", f"{PATH}?{query}")
    assert (answer.status_code, answer.json["code"]) == (400, code)
