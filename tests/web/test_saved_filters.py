"""Filters that people keep, and completion of tags: each their own, and nothing of albums not seen."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery.db import db
from gallery.models.saved_filter import MOST, SavedFilter

Make = Callable[..., Any]


@pytest.fixture
def ann(make_user: Make, sign_in: Make, make_album: Make) -> FlaskClient:
    """A member of one album, signed in."""
    user = make_user()
    make_album("one", user)
    client: FlaskClient = sign_in(user)
    client.application.config["WTF_CSRF_ENABLED"] = False
    return client


def saved(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(one.name, one.query) for one in db.session.scalars(sa.select(SavedFilter))]


def save(client: FlaskClient, name: str, query: str, path: str = "/albums/one") -> Any:
    return client.post("/saved-filters", data={"name": name, "query": query, "path": path})


def test_a_saved_filter_is_canonical_and_the_same_name_replaces_it(app: Flask, ann: FlaskClient) -> None:
    answer = save(ann, " North  side ", "not=b&tags=c,a&format=jpeg&colour=red")
    assert (answer.status_code, answer.location) == (303, "/albums/one?tags=a,c&not=b&format=jpg")
    save(ann, "North side", "untagged=1")
    assert saved(app) == [("North side", "untagged=1")]


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("", "tags=a", 422),
        ("x" * 81, "tags=a", 422),
        ("a\x00\ud800b", "tags=a", 303),
        ("nothing", "", 422),
        ("nothing", "colour=red", 422),
        ("broken", "bbox=1", 400),
        ("long", "tags=" + "x" * 9_000, 422),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    app: Flask, ann: FlaskClient, name: str, query: str, status: int
) -> None:
    data = {"name": name.encode(errors="surrogatepass"), "query": query, "path": "/"}
    answer = ann.post("/saved-filters", data=data)
    assert answer.status_code == status
    assert len(saved(app)) == (status == 303)


def test_one_goes_back_to_no_other_server(ann: FlaskClient) -> None:
    assert save(ann, "a", "tags=a", "//evil.example/x").location == "/?tags=a"


def test_a_person_has_so_many_at_most_and_deletes_none_of_others(
    app: Flask, ann: FlaskClient, make_user: Make, sign_in: Make
) -> None:
    for number in range(MOST + 1):
        status = save(ann, f"filter {number}", "tags=a").status_code
    assert (status, len(saved(app))) == (422, MOST)
    with app.app_context():
        some_id = db.session.scalars(sa.select(SavedFilter.id)).first()
    other = sign_in(make_user("bob@example.org"))
    assert other.post(f"/saved-filters/{some_id}/removal").status_code == 404
    assert other.post("/saved-filters/a%00b/removal").status_code == 404


def test_tags_are_completed_from_what_one_may_see(ann: FlaskClient, make_image: Make) -> None:
    for album, tags in (
        ("one", ["Façade nord", "a,b"]),
        ("one", ["facade sud", "Façade nord"]),
        ("two", ["fa"]),
    ):
        make_image(album_id=album, tags=tags)
    expected = [{"value": "Façade nord", "count": 2}, {"value": "facade sud", "count": 1}]
    assert ann.get("/tag-names.json?album=one&q=FAC").json == expected
    assert ann.get("/tag-names.json?q=fa").json == expected
    assert ann.get("/tag-names.json?q=nor").json == expected[:1]
    assert ann.get("/tag-names.json?q=a,").json == [{"value": "a\\,b", "count": 1}]
    assert ann.get("/tag-names.json?album=two&q=f").status_code == 404
    assert ann.get("/tag-names.json?q=%00" + "x" * 10_000).json == []


def test_a_page_says_what_is_asked_and_keeps_it_in_every_form(ann: FlaskClient, make_image: Make) -> None:
    make_image(album_id="one", tags=["a"])
    page = ann.get("/albums/one?tags=a&untagged=&q=photo&format=jpeg&position=without&from=2020-01-01").text
    for hidden in ('name="tags" value="a"', 'name="q" value="photo"', 'name="format" value="jpg"'):
        assert hidden in page
    assert 'href="/albums/one?q=photo&amp;format=jpg&amp;position=without&amp;from=2020-01-01"' in page
    assert ann.get("/albums/one?untagged=1").text.count("No image passes this filter") == 1
    for broken in ("untagged=x", "format=%00", "uploader=1", "position=near"):
        assert ann.get(f"/albums/one?{broken}").status_code == 400
