"""The page of a person's tokens."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery.db import db
from gallery.models.personal_token import PersonalToken
from gallery.models.text import digest
from gallery.models.user import User
from tests.web.test_sessions import token_in

TOKEN = re.compile(r"evident_[0-9A-Za-z]{40}")
GOOD = {"name": "Crawler", "scopes": ["read"], "reach": "all", "expires_on": "2099-01-31"}


@pytest.fixture
def ann(make_user: Callable[..., User], make_album: Any) -> User:
    user = make_user()
    make_album("mine", user)
    make_album("theirs")
    return user


@pytest.fixture
def browser(sign_in: Callable[..., FlaskClient], ann: User) -> FlaskClient:
    return sign_in(ann)


def submit(browser: FlaskClient, path: str = "/tokens", **form: Any) -> Any:
    csrf_token = token_in(browser.get("/tokens").text)
    return browser.post(path, data={"csrf_token": csrf_token, **form})


def stored(app: Flask) -> list[Any]:
    with app.app_context():
        return list(db.session.execute(sa.select(PersonalToken.__table__)))


def test_a_token_is_shown_once_and_opens_what_was_chosen(app: Flask, browser: FlaskClient) -> None:
    assert "No tokens yet" in browser.get("/tokens").text
    answer = submit(browser, **GOOD | {"reach": "chosen", "albums": [digest("mine")], "expires_on": ""})
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    (text,) = set(TOKEN.findall(answer.text))
    assert not TOKEN.search(browser.get("/tokens").text)
    (row,) = stored(app)
    assert (row.name, row.scopes, row.is_everywhere, row.expires_at) == ("Crawler", "read", False, None)
    program = app.test_client()
    headers = {"Authorization": f"Bearer {text}"}
    assert [album["id"] for album in program.get("/api/v1/albums", headers=headers).json] == ["mine"]
    assert submit(browser, f"/tokens/{row.id}/revocation").status_code == 303
    assert "is revoked" in browser.get("/tokens").text
    assert program.get("/api/v1/albums", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Give the token a name"),
        ({"name": " "}, "Give the token a name"),
        ({"name": "x" * 101}, "100 characters"),
        ({"scopes": []}, "at least one thing"),
        ({"scopes": ["all"]}, "not a valid choice"),
        ({"reach": "chosen"}, "at least one album"),
        ({"reach": "chosen", "albums": [digest("theirs")]}, "do not see"),
        ({"reach": "chosen", "albums": ["\0"]}, "do not see"),
        ({"reach": "chosen", "more_albums": "none\nmine"}, "do not see"),
        ({"reach": "some"}, "Albums"),
        ({"expires_on": "2001-01-01"}, "later day"),
        ({"expires_on": "0001-01-01"}, "later day"),
        ({"expires_on": "9999-12-31"}, "too far off"),
        ({"expires_on": "soon"}, "Not a valid date"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    app: Flask, browser: FlaskClient, wrong: dict[str, Any], said: str
) -> None:
    answer = submit(browser, **GOOD | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert stored(app) == []


def test_a_name_is_text_and_nothing_else(browser: FlaskClient) -> None:
    page = submit(browser, **GOOD | {"name": "<b>{{ 7*7 }}</b>\0"}).text
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in page
    assert "<b>{{" not in page


def test_somebody_elses_token_cannot_be_revoked(
    app: Flask, browser: FlaskClient, make_user: Callable[..., User]
) -> None:
    submit(browser, **GOOD)
    (row,) = stored(app)
    bob = app.test_client()
    with bob.session_transaction() as session:
        session["_user_id"] = make_user("bob@example.org").get_id()
    assert submit(bob, f"/tokens/{row.id}/revocation").status_code == 404
    assert len(stored(app)) == 1


def test_signing_out_everywhere_keeps_this_session_alone(app: Flask, browser: FlaskClient, ann: User) -> None:
    submit(browser, **GOOD)
    elsewhere = app.test_client()
    with elsewhere.session_transaction() as session:
        session["_user_id"] = ann.get_id()
    assert elsewhere.get("/").status_code == 200
    assert submit(browser, "/sign-out-everywhere").status_code == 303
    assert elsewhere.get("/").status_code == 302
    assert browser.get("/tokens").status_code == 200
    assert len(stored(app)) == 1
    submit(browser, "/sign-out-everywhere", personal="1")
    assert stored(app) == []
    assert "every token is revoked" in browser.get("/tokens").text
