"""Albums, read by programs."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gallery.config import Settings
from gallery.models import token
from gallery.models.user import User
from tests.api.conftest import ALBUM, Program


@pytest.mark.slow
def test_a_member_lists_and_reads_the_albums_they_belong_to(program: Program, make_album: Any) -> None:
    make_album("somebody else's")
    assert [album["id"] for album in program.call("GET", "/api/v1/albums").json] == [ALBUM]
    assert program.call("GET", f"/api/v1/albums/{ALBUM}").json["id"] == ALBUM
    assert program.call("GET", "/api/v1/albums/somebody%20else's").status_code == 401


def test_a_list_comes_page_by_page_without_gap_or_repeat(
    app: Flask, settings: Settings, make_user: Callable[..., User], make_album: Any
) -> None:
    user = make_user("many@example.org")
    names = [f"album {number}" for number in range(7)]
    for name in reversed(names):
        make_album(name, user)
    program = Program(app, token.issue(user, settings))
    found, path = [], "/api/v1/albums?limit=3"
    while path:
        answer = program.call("GET", path)
        found.append([album["id"] for album in answer.json])
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix(f"<{settings.public_url}")
    assert found == [names[:3], names[3:6], names[6:]]


def test_a_cursor_of_another_list_is_refused(program: Program) -> None:
    answer = program.call("GET", "/api/v1/albums?after=abc")
    assert (answer.status_code, answer.json["code"]) == (400, "cursor_invalid")
    answer = program.call("GET", "/api/v1/albums?limit=many")
    assert (answer.status_code, answer.json["code"]) == (400, "query_invalid")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("end", ["", "/merges", "/members/3", "/images", "/nothing"])
def test_an_id_that_no_address_of_ours_has_is_a_problem_in_json(
    client: FlaskClient, method: str, end: str
) -> None:
    for part in ("~x", "~%C2%8C"):
        answer = client.open(f"/api/v1/albums/{part}{end}", method=method)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
