"""The short way through the server answers what the long way would."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from gallery.api.front import Front
from gallery.api.headers import contract_headers
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import token
from gallery.models.user import User, find_by_id
from gallery.present.sync_document import write_documents
from gallery.web.traffic import Metered
from tests.engines import both_engines
from tests.records import album_of, bare_image

PATH = "/api/v1/image_syncs"
FEED = f"{PATH}/changes"
PASSING = {"X-Request-Id", "X-Runtime", "X-token", "Date"}


def front_of(app: Flask) -> Front:
    """The program that answers first, behind what counts."""
    metered = app.wsgi_app
    assert isinstance(metered, Metered)
    front = metered.behind
    assert isinstance(front, Front)
    return front


@pytest.fixture
def ids(app: Flask, settings: Settings) -> list[str]:
    """Of images in two albums, of which the person is in one."""
    with app.app_context():
        begin_write()
        images = [bare_image(album_of(("mine", "theirs")[number % 2])) for number in range(6)]
        write_documents(images, settings)
        db.session.commit()
        return [image.id for image in images]


def answers(app: Flask, path: str, **more: Any) -> tuple[TestResponse, TestResponse]:
    """(by the short way, by the long way)."""
    front = front_of(app)
    short, long = (Client(way, Response).open(path, buffered=True, **more) for way in (front, front.behind))
    return short, long


def assert_same(short: TestResponse, long: TestResponse) -> None:
    assert (short.status, short.data) == (long.status, long.data)
    assert sorted(short.headers.keys()) == sorted(long.headers.keys())
    for name, value in short.headers.items():
        if name not in PASSING:
            assert long.headers[name] == value, name
    assert ("X-token" in short.headers) == (short.status_code != 401)


@both_engines
def test_both_ways_answer_the_same(
    app: Flask, settings: Settings, ids: list[str], make_user: Callable[..., User], make_album: Any
) -> None:
    user = make_user()
    make_album("mine", user)
    good = {"Authorization": f'Token token="{token.issue(user, settings)}"'}
    queries = [
        f"?ids={','.join(ids)}",
        f"?ids[]={ids[0]}&ids[]={ids[2]}",
        f"?ids%5B%5D={ids[0]}&ids={ids[2]}",
        f"?ids={ids[0]}&album_id=mine",
        f"?ids={ids[0]}&other=1",
        "?ids=",
        "?ids=nonsense,%00,%ff",
        "?" + "&".join(f"ids={number}" for number in range(1001)),
        "?%F0%9F%98%80=1&ids=x",
        "",
    ]
    headers = [good, {}, {"Authorization": "Token x"}, good | {"X-Request-Id": "a\u00e9b c!"}]
    for query in queries:
        for sent in headers:
            for method in ("GET", "HEAD"):
                assert_same(*answers(app, PATH + query, headers=sent, method=method))


@both_engines
def test_both_ways_tell_the_same_changes(
    app: Flask, settings: Settings, ids: list[str], make_user: Callable[..., User], make_album: Any
) -> None:
    user, other = make_user(), make_user(email="other@example.org")
    make_album("mine", user)
    good, others = ({"Authorization": f"Bearer {token.issue(who, settings)}"} for who in (user, other))
    first = answers(app, f"{FEED}?limit=2", headers=good)[0]
    assert len(first.json["upserted"]) == 2
    cursor = f"cursor={first.json['cursor']}"
    last = answers(app, f"{FEED}?{cursor}", headers=good)[0]
    queries = [
        *(
            "",
            "?limit=1",
            "?limit=1000",
            "?limit=1001",
            "?limit=0",
            "?limit=01",
            "?limit=",
            "?limit=2&limit=3",
        ),
        *("?cursor=", f"?{cursor}", f"?{cursor}&limit=1", f"?limit=1&{cursor}", f"?{cursor}x", "?cursor=%ff"),
        *(f"?{cursor}&album_id=mine", f"?{cursor}&wait=0", f"?{cursor}&other=1"),
        f"?cursor={last.json['cursor']}",
        f"?cursor={last.json['cursor'].replace('.', '%2E')}",
    ]
    headers = [good, others, {}, good | {"Accept": "application/x-ndjson"}]
    headers += [
        good | {"If-None-Match": last.headers["ETag"]},
        good | {"Accept": "application/json, */*;q=0"},
    ]
    for query in queries:
        for sent in headers:
            assert_same(*answers(app, FEED + query, headers=sent))


def test_a_call_without_an_id_is_given_a_random_uuid(settings: Settings) -> None:
    given = [dict(contract_headers(settings, "", 0.0, None))["X-Request-Id"] for _ in range(50)]
    ids = {uuid.UUID(text) for text in given}
    assert len(ids) == 50
    assert [str(uuid.UUID(text)) for text in given] == given
    assert {(each.version, each.variant) for each in ids} == {(4, uuid.RFC_4122)}


def test_what_is_revoked_or_gone_gets_nothing_by_the_short_way(
    app: Flask, settings: Settings, ids: list[str], make_user: Callable[..., User], make_album: Any
) -> None:
    user = make_user()
    make_album("mine", user)
    sent = {"Authorization": f"Bearer {token.issue(user, settings)}"}
    paths = (f"{PATH}?ids={ids[0]}", FEED)
    assert [answers(app, path, headers=sent)[0].status_code for path in paths] == [200, 200]
    with app.app_context():
        begin_write()
        person = find_by_id(user.id)
        assert person is not None
        token.revoke_all(person)
        db.session.commit()
    for path in paths:
        for answer in answers(app, path, headers=sent):
            assert (answer.status_code, answer.data) == (401, b"")


def test_the_short_way_is_taken(
    app: Flask, settings: Settings, ids: list[str], make_user: Callable[..., User], make_album: Any
) -> None:
    """Or the other tests here would compare the long way with itself."""
    user = make_user()
    make_album("mine", user)
    front = front_of(app)
    reached: list[str] = []

    def behind(environ: Any, start_response: Any) -> Any:
        reached.append(environ["PATH_INFO"])
        return Response("behind")(environ, start_response)

    front.behind = behind
    sent = {"Authorization": f"Bearer {token.issue(user, settings)}"}
    for path in (f"{PATH}?ids={ids[0]}", FEED, f"{FEED}?limit=3"):
        answer = Client(front, Response).get(path, headers=sent)
        assert (answer.status_code, reached) == (200, [])
    assert Client(front, Response).get(f"{PATH}?ids={ids[0]}").data == b"behind"
