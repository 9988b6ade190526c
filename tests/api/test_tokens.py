"""Tokens got by password and by personal token, their bounds, and their end."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from gallery.api.openapi import document
from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import personal_token, token, token_text, token_use
from gallery.models.album import find_album
from gallery.models.personal_token import PersonalToken, Scope
from gallery.models.user import Role, User
from tests.api.conftest import ALBUM, Program
from tests.conftest import PASSWORD
from tests.contract.test_access import assert_denied
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

WEBHOOKS = "/api/v1/webhooks"
SYNCS, TOKENS, ALBUMS = "/api/v1/image_syncs", "/api/v1/tokens", "/api/v1/albums"
NewToken = Callable[..., Program]


@pytest.fixture
def new_token(app: Flask) -> NewToken:
    """A program with a personal token."""

    def make(
        user: User,
        *scopes: Scope,
        albums: tuple[str, ...] | None = None,
        expires_at: datetime | None = None,
    ) -> Program:
        with app.app_context():
            begin_write()
            chosen = None if albums is None else [album for name in albums if (album := find_album(name))]
            owner = db.session.get_one(User, user.number)
            _, text = personal_token.create(owner, "Crawler", scopes or tuple(Scope), chosen, expires_at)
            db.session.commit()
            return Program(app, text)

    return make


def exchanged(program: Program) -> Program:
    """The same program with the JWT that it got for its personal token."""
    answer = program.call(
        "POST", TOKENS, json={"personal_token": program.token}, headers={"Authorization": ""}
    )
    assert answer.status_code == 201
    return Program(program.app, answer.json["token"])


def ask(program: Program, sent: Any, **more: Any) -> TestResponse:
    """Ask for a token, without one."""
    return program.call("POST", TOKENS, json=sent, headers={"Authorization": ""}, **more)


def seen_by(program: Program) -> list[str]:
    answer = program.call("GET", SYNCS)
    assert answer.status_code == 200, answer.status_code
    return [record["album_id"] for record in answer.json]


def test_a_password_gets_a_token(program: Program, make_user: Any) -> None:
    user = make_user("eve@example.org")
    sent = {"email": " EVE@example.org", "password": PASSWORD}
    answer = ask(program, sent)
    assert answer.status_code == 201
    assert answer.json["user"] == {
        "id": user.id,
        "email": "eve@example.org",
        "name": "eve",
        "role": "member",
    }
    claims = jwt.decode(answer.json["token"], options={"verify_signature": False})
    assert list(claims) == ["exp", "iat", "user_id"]
    assert abs(datetime.fromisoformat(answer.json["expires_at"]).timestamp() - claims["exp"]) < 2
    assert Program(program.app, answer.json["token"]).call("GET", SYNCS).status_code == 200
    assert program.app.test_client().post(TOKENS, data=sent).status_code == 201, "as a form too"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"email": "ann@example.org", "password": "wrong horse"}, 401),
        ({"email": "nobody@example.org", "password": PASSWORD}, 401),
        ({"email": "a\0@b", "password": "\0"}, 401),
        ({"personal_token": "evident_" + "0" * 40}, 401),
        ({"personal_token": ""}, 401),
        ({}, 422),
        ({"email": "ann@example.org"}, 422),
        ({"email": "ann@example.org", "password": PASSWORD, "personal_token": "x"}, 422),
        ({"email": "ann@example.org", "password": 5}, 422),
        ({"email": "ann@example.org", "password": "x" * 1001}, 422),
        ({"token": "x"}, 422),
        ([], 422),
    ],
)
def test_anything_else_gets_none(program: Program, sent: Any, status: int) -> None:
    answer = ask(program, sent)
    assert answer.status_code == status
    if status == 401:
        assert_denied(answer)


@pytest.mark.slow
def test_tries_are_counted_by_address_and_by_person_together_with_the_pages(program: Program) -> None:
    wrong = {"email": "ann@example.org", "password": "wrong horse"}
    for host in range(10):
        place = {"REMOTE_ADDR": f"192.0.2.{host}"}
        assert ask(program, wrong, environ_base=place).status_code == 401
    place = {"REMOTE_ADDR": "192.0.2.99"}
    refused = ask(program, wrong, environ_base=place)
    assert (refused.status_code, refused.json["code"]) == (429, "rate_limited")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    page = program.app.test_client().post("/sign-in", data=wrong | {"email": "ANN@example.org "})
    assert page.status_code in (400, 429)


@both_engines
def test_a_personal_token_opens_what_its_scopes_name(
    make_user: Any, make_album: Any, make_image: Any, new_token: NewToken
) -> None:
    user = make_user()
    make_album(ALBUM, user)
    image = make_image()
    for scopes, wanted in (
        ((Scope.READ,), (200, 401)),
        ((Scope.WRITE,), (401, 201)),
        ((Scope.REVIEW,), (401, 401)),
    ):
        direct = new_token(user, *scopes)
        for program in (direct, exchanged(direct)):
            content = drawn_jpeg((wanted[0] % 90, wanted[1] % 90, int(program is direct)))
            got = program.call("GET", SYNCS), program.upload(content)
            assert (got[0].status_code, got[1].status_code in (200, 201)) == (wanted[0], wanted[1] == 201)
            searched = program.call("POST", SYNCS, json={"ids": [image.id]})
            assert searched.status_code == wanted[0], "a search only reads"
            for answer in (*got, searched):
                if answer.status_code == 401:
                    assert_denied(answer)
                else:
                    assert ("X-token" in answer.headers) == (program is not direct)


@both_engines
@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
def test_a_personal_token_reaches_its_albums_alone(
    make_user: Any, make_album: Any, make_image: Any, new_token: NewToken, role: Role
) -> None:
    user = make_user(role=role)
    images = {}
    for name in ("mine", "other", "theirs"):
        make_album(name, *(() if name == "theirs" else (user,)))
        images[name] = make_image(album_id=name)
    every = "?ids=" + ",".join(image.id for image in images.values())
    whole = new_token(user)
    assert seen_by(whole) == (["mine", "other", "theirs"] if role is Role.ADMIN else ["mine", "other"])
    direct = new_token(user, albums=("mine",))
    for program in (direct, exchanged(direct)):
        assert seen_by(program) == ["mine"]
        assert [r["album_id"] for r in program.call("GET", SYNCS + every).json] == ["mine"]
        assert [r["album_id"] for r in program.call("GET", SYNCS + "?tags=").json] == ["mine"]
        assert [r["id"] for r in program.call("GET", ALBUMS).json] == ["mine"]
        upserted = program.call("GET", f"{SYNCS}/changes").json["upserted"]
        assert {record["album_id"] for record in upserted} == {"mine"}
        image = f"/api/v1/images/{images['other'].id}"
        for path in (f"{ALBUMS}/other", f"{ALBUMS}/theirs", f"{ALBUMS}/none", image):
            assert_denied(program.call("GET", path))
        assert_denied(program.upload(drawn_jpeg((5, 6, 7)), "other"))
        assert program.call("GET", f"{ALBUMS}/mine").status_code == 200
        assert_denied(program.call("DELETE", image))


def test_a_token_got_with_a_personal_token_keeps_its_bounds_when_renewed_and_ends_with_it(
    app: Flask, make_user: Any, make_album: Any, new_token: NewToken
) -> None:
    user = make_user()
    make_album("mine", user)
    make_album("other", user)
    program = exchanged(new_token(user, Scope.READ, albums=("mine",)))
    for _ in range(3):
        answer = program.call("GET", ALBUMS)
        assert [record["id"] for record in answer.json] == ["mine"]
        program = Program(app, answer.headers["X-token"])
    claims = jwt.decode(program.token, options={"verify_signature": False})
    assert list(claims) == ["exp", "iat", "user_id", "tid"]
    with app.app_context():
        db.session.execute(sa.delete(PersonalToken))
        db.session.commit()
    assert_denied(program.call("GET", ALBUMS))


@pytest.mark.parametrize("end", ["password", "person", "expiry"])
def test_a_new_password_the_persons_end_and_the_day_end_every_token(
    app: Flask, make_user: Any, new_token: NewToken, settings: Settings, end: str
) -> None:
    user = make_user()
    direct = new_token(user, expires_at=datetime.now(UTC) + timedelta(days=1))
    programs = [direct, exchanged(direct)]
    if end != "expiry":
        programs.append(Program(app, token.issue(user, settings)))
    assert [program.call("GET", SYNCS).status_code for program in programs] == [200] * len(programs)
    with app.app_context():
        found = db.session.get_one(User, user.number)
        if end == "password":
            found.change_password("another horse")
        elif end == "person":
            db.session.delete(found)
        else:
            past = datetime.now(UTC) - timedelta(seconds=1)
            db.session.execute(sa.update(PersonalToken).values(expires_at=past))
        db.session.commit()
    for program in programs:
        assert_denied(program.call("GET", SYNCS))


def test_a_webhook_tells_all_so_no_token_of_less_makes_one(
    make_user: Any, make_album: Any, new_token: NewToken
) -> None:
    user = make_user()
    make_album("mine", user)
    wanted = {"url": "https://192.0.2.1/", "events": ["new_image"], "album_ids": ["mine"]}
    for less in (new_token(user, albums=("mine",)), new_token(user, Scope.WRITE)):
        assert_denied(less.call("POST", WEBHOOKS, json=wanted))
        assert_denied(less.call("GET", WEBHOOKS))
    made = new_token(user, Scope.READ, Scope.WRITE).call("POST", WEBHOOKS, json=wanted)
    assert made.status_code in (201, 422), "the gate is open"


def test_a_misspelt_token_is_refused_without_a_look_up(make_user: Any, new_token: NewToken) -> None:
    text = new_token(make_user()).token
    assert re.fullmatch(r"evident_[0-9A-Za-z]{40}", text)
    assert token_text.is_well_formed(text)
    changed = text[:-8] + ("0" if text[-8] != "0" else "1") + text[-7:]
    assert not any(map(token_text.is_well_formed, (changed, text[:-1], text + "0", "", "evident_")))


def test_the_database_holds_no_token(
    app: Flask, make_user: Any, new_token: NewToken, settings: Settings
) -> None:
    text = new_token(make_user()).token
    with app.app_context():
        stored = db.session.execute(sa.select(PersonalToken.__table__)).one()
    assert text[12:] not in str(stored)
    assert token_text.digest_of(text) in stored


def test_tokens_are_listed_without_secrets_and_revoked_one_by_one(
    program: Program, app: Flask, make_user: Any, make_album: Any, new_token: NewToken
) -> None:
    other = new_token(make_user("other@example.org"))
    with app.app_context():
        ann = db.session.scalars(sa.select(User).where(User.email == "ann@example.org")).one()
    mine = new_token(ann, Scope.READ, albums=(ALBUM,))
    (record,) = program.call("GET", TOKENS).json
    assert (record["name"], record["scopes"], record["album_ids"]) == ("Crawler", ["read"], [ALBUM])
    assert record["prefix"] == mine.token[:12]
    assert mine.token not in str(record)
    with app.app_context():
        theirs = db.session.scalars(sa.select(PersonalToken.id).order_by(PersonalToken.number)).first()
    for missing in (theirs, "x", "\0"):
        assert program.call("DELETE", f"{TOKENS}/{missing}").status_code == 404
    for bounded in (mine, exchanged(mine), other):
        assert_denied(bounded.call("GET", TOKENS))
        assert_denied(bounded.call("DELETE", f"{TOKENS}/{record['id']}"))
        assert_denied(bounded.call("DELETE", TOKENS))
    assert program.call("DELETE", f"{TOKENS}/{record['id']}").status_code == 204
    assert program.call("GET", TOKENS).json == []
    assert_denied(mine.call("GET", SYNCS))
    assert other.call("GET", SYNCS).status_code == 200


@pytest.mark.parametrize("personal", [False, True])
def test_signing_out_everywhere_ends_tokens_and_sessions(
    program: Program, app: Flask, sign_in: Any, new_token: NewToken, personal: bool
) -> None:
    with app.app_context():
        ann = db.session.scalars(sa.select(User).where(User.email == "ann@example.org")).one()
    direct, browser = new_token(ann), sign_in(ann)
    got = exchanged(direct)
    assert browser.get("/").status_code == 200
    assert program.call("DELETE", TOKENS + ("?personal=true" if personal else "")).status_code == 204
    assert browser.get("/").status_code == 302
    for ended in (program, got):
        assert_denied(ended.call("GET", SYNCS))
    assert direct.call("GET", SYNCS).status_code == (401 if personal else 200)
    again = ask(program, {"email": ann.email, "password": PASSWORD})
    assert Program(app, again.json["token"]).call("GET", SYNCS).status_code == 200, "at once"


@both_engines
def test_the_last_use_is_noted_once_a_minute_and_waits_for_nobody(
    app: Flask, make_user: Any, new_token: NewToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = new_token(make_user())

    def noted() -> datetime | None:
        with app.app_context():
            return db.session.scalars(sa.select(PersonalToken.last_used_at)).one()

    with app.app_context():
        begin_write()
        db.session.execute(sa.update(PersonalToken).values(name="held"))
        started = datetime.now(UTC)
        assert program.call("GET", SYNCS).status_code == 200
        assert datetime.now(UTC) - started < timedelta(seconds=5), "a writer holds up no reader"
        db.session.rollback()
    assert noted() is None
    assert program.call("GET", SYNCS).status_code == 200
    first = noted()
    assert first is not None
    program.call("GET", SYNCS)
    assert noted() == first
    monkeypatch.setattr(token_use, "NOTED_EVERY", timedelta())
    program.call("GET", SYNCS)
    assert noted() > first


@pytest.mark.parametrize(
    ("name", "scopes", "expires_in"),
    [
        ("", {Scope.READ}, None),
        (" \n ", {Scope.READ}, None),
        ("x" * 101, {Scope.READ}, None),
        ("x", (), None),
        ("x", {Scope.READ}, -1),
    ],
)
def test_a_token_that_makes_no_sense_is_refused_in_words(
    context: None, make_user: Any, name: str, scopes: Any, expires_in: int | None
) -> None:
    user = make_user()
    expires_at = None if expires_in is None else datetime.now(UTC) + timedelta(days=expires_in)
    with pytest.raises(personal_token.TokenInvalid):
        personal_token.create(user, name, scopes, None, expires_at)


@pytest.fixture
def three_a_minute(environ: dict[str, str]) -> None:
    """Before anything reads the settings."""
    environ["RATE_LIMIT_API"] = "3/minute"


def test_calls_are_counted_by_person_and_strangers_by_address(
    three_a_minute: None, app: Flask, make_user: Any, settings: Settings
) -> None:
    ann, bob = (Program(app, token.issue(make_user(f"{name}@example.org"), settings)) for name in ("a", "b"))
    asked = [ann.call("GET", SYNCS + query).status_code for query in ("?ids=x", "", "?ids=x", "", "?ids=x")]
    assert asked == [200, 200, 200, 429, 429]
    refused = ann.call("POST", SYNCS, json={})
    assert (refused.json["code"], refused.mimetype) == ("rate_limited", "application/problem+json")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert bob.call("GET", SYNCS).status_code == 200
    stranger = Program(app, "x")
    assert [stranger.call("GET", SYNCS).status_code for _ in range(4)] == [401, 401, 401, 429]
    assert bob.call("GET", SYNCS).status_code == 200


def test_the_description_names_the_scope_of_every_operation(app: Flask) -> None:
    paths = document(app)["paths"]
    assert paths[SYNCS]["get"]["security"] == paths[SYNCS]["post"]["security"] == [{"token": ["read"]}]
    assert paths["/api/v1/images/{image_id}"]["delete"]["security"] == [{"token": ["write"]}]
    assert paths[TOKENS]["post"]["security"] == []
