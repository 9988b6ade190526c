"""A call that is made again with its key does nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from gallery.api import albums as albums_api
from gallery.db import begin_write, db
from gallery.models import kept_answer
from gallery.models.album import Album, find_album
from gallery.models.kept_answer import KeptAnswer
from gallery.models.user import User
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

ALBUMS = "/api/v1/albums"
AGAIN = "Idempotency-Replayed"


def post(program: Program, path: str, key: str = "k", **more: Any) -> TestResponse:
    """A call with a key."""
    return program.call("POST", path, headers={"Idempotency-Key": key}, **more)


def aged(app: Flask, by: timedelta) -> None:
    """Let everything that is kept be older."""
    with app.app_context():
        begin_write()
        for kept in db.session.scalars(sa.select(KeptAnswer)):
            kept.claimed_at = datetime.now(UTC) - by
        db.session.commit()


def album_count(app: Flask) -> int:
    """How many albums there are."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Album)) or 0


@both_engines
def test_the_same_call_gets_the_same_answer_and_does_nothing_again(admin: Program, app: Flask) -> None:
    first = post(admin, ALBUMS, json={"name": "x"})
    again = post(admin, ALBUMS, json={"name": "x"})
    assert (first.status_code, again.status_code, album_count(app)) == (201, 201, 1)
    assert (again.data, again.headers["Location"]) == (first.data, first.headers["Location"])
    assert (AGAIN in first.headers, again.headers[AGAIN]) == (False, "true")
    assert "X-token" in again.headers
    for other in ({"json": {"name": "y"}}, {"data": {"name": "x"}}):
        assert post(admin, ALBUMS, **other).json["code"] == "idempotency_key_reused"
    assert post(admin, ALBUMS, key="2", data={"name": "é"}).json["name"] == "é"
    assert album_count(app) == 2
    aged(app, timedelta(hours=25))
    assert AGAIN not in post(admin, ALBUMS, json={"name": "y"}).headers
    aged(app, timedelta(hours=25))
    with app.app_context():
        kept_answer.forget_old()
        assert db.session.scalars(sa.select(KeptAnswer)).all() == []


@both_engines
def test_of_many_at_once_one_is_carried_out(admin: Program, app: Flask) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(admin, ALBUMS, json={}), range(16)))
    assert album_count(app) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.data for answer in answers if answer.status_code == 201}) == 1
    codes = {answer.json["code"] for answer in answers if answer.status_code == 409}
    assert codes <= {"idempotency_in_progress"}


def test_final_refusals_are_kept_and_others_not(admin: Program, program: Program, app: Flask) -> None:
    refused = post(admin, ALBUMS, json={"id": ""})
    assert post(admin, ALBUMS, json={"id": ""}).headers[AGAIN] == "true"
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    for _ in range(2):
        answer = post(program, ALBUMS, json={})
        assert (answer.status_code, AGAIN in answer.headers) == (401, False)
    for key in ("", " ", "a b", "é".encode().decode("latin-1"), "x" * 256):
        assert post(admin, ALBUMS, key=key, json={}).json["code"] == "idempotency_key_invalid", key
    assert album_count(app) == 1


def test_a_failure_of_ours_is_not_kept(admin: Program, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(albums_api, "add_album", lambda *_a, **_k: 1 / 0)
        assert post(admin, ALBUMS, json={}).status_code == 500
    assert post(admin, ALBUMS, json={}).status_code == 201
    assert album_count(app) == 1


@pytest.mark.slow
@both_engines
def test_an_answer_is_given_again_only_to_its_person_while_they_may(
    admin: Program, program: Program, stranger: Program, app: Flask
) -> None:
    content = drawn_jpeg((7, 7, 7))
    first = upload(program, content)
    again = upload(program, content)
    assert (first.status_code, again.status_code, again.headers[AGAIN]) == (201, 201, "true")
    assert again.data == first.data
    assert upload(stranger, content).status_code == 401
    with app.app_context():
        begin_write()
        album, user = find_album(ALBUM), db.session.scalars(sa.select(User).where(User.sfid == "005A")).one()
        assert album
        album.dismiss(user)
        db.session.commit()
    assert upload(program, content).status_code == 401
    assert Program(app, "x").call("POST", ALBUMS, headers={"Idempotency-Key": "k"}).status_code == 401
    assert post(admin, ALBUMS, json={}).status_code == 201


def upload(program: Program, content: bytes) -> TestResponse:
    """Send a form with a key."""
    return Program(program.app, program.token).call(
        "POST",
        f"{ALBUMS}/{ALBUM}/images",
        headers={"Idempotency-Key": "u"},
        data=form(content),
        content_type="multipart/form-data; boundary=b",
    )


def form(content: bytes) -> bytes:
    """A form with a file."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    return head + content + b"\r\n--b--\r\n"


@both_engines
def test_a_call_that_died_before_it_did_anything_is_made_again(
    admin: Program, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    died(admin, monkeypatch, committed=False)
    assert post(admin, ALBUMS, json={}).json["code"] == "idempotency_in_progress"
    aged(app, timedelta(minutes=2))
    assert (post(admin, ALBUMS, json={}).status_code, album_count(app)) == (201, 1)


@both_engines
def test_a_call_that_died_before_its_answer_was_kept_is_not_carried_out_again(
    admin: Program, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    died(admin, monkeypatch, committed=True)
    assert post(admin, ALBUMS, json={}).json["code"] == "idempotency_in_progress"
    aged(app, timedelta(minutes=2))
    assert post(admin, ALBUMS, json={}).json["code"] == "idempotency_answer_lost"
    assert album_count(app) == 1


def died(program: Program, monkeypatch: pytest.MonkeyPatch, *, committed: bool) -> None:
    """Make a call whose process ends before its transaction, or before its answer is noted."""
    create: Callable[..., Album] = albums_api.add_album

    def killed(*_args: object, **_values: object) -> Album:
        raise SystemExit

    with monkeypatch.context() as context:
        context.setattr(albums_api, "add_album", create if committed else killed)
        if committed:
            context.setattr(albums_api, "_answer", killed)
        with pytest.raises(SystemExit):
            post(program, ALBUMS, json={})


@both_engines
def test_a_call_that_was_taken_over_changes_nothing(
    admin: Program, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    create: Callable[..., Album] = albums_api.add_album

    def slow(*args: Any, **values: Any) -> Album:
        monkeypatch.setattr(albums_api, "add_album", create)
        db.session.rollback()
        with ThreadPoolExecutor(1) as other:
            other.submit(aged, app, timedelta(minutes=2)).result()
            assert other.submit(post, admin, ALBUMS, json={}).result().status_code == 201
        begin_write()
        return create(*args, **values)

    monkeypatch.setattr(albums_api, "add_album", slow)
    late = post(admin, ALBUMS, json={})
    assert (late.status_code, late.json["code"], album_count(app)) == (409, "idempotency_in_progress", 1)
    assert post(admin, ALBUMS, json={}).headers[AGAIN] == "true"
