"""Who may call, and what everybody else is told."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models import token
from gallery.models.user import Role, User
from tests.contract.conftest import ROUTE, Site
from tests.engines import both_engines

Make = Callable[..., Any]
TODAY = int(datetime.now(UTC).timestamp()) // 86_400
ADMITTED = [
    'Token token="{}"',
    "Token token={}",
    "Token {}",
    'Token "{}"',
    "Bearer {}",
    "bearer {}",
    "TOKEN token={}",
    'Token token="{}", nonce="def"',
    "Token token={}; coding=jwt",
    'Token nonce="def", token="{}"',
    'Token   token = "{}"  ',
]
REFUSED = [
    "",
    "Token",
    "Token ",
    'Token token=""',
    "{}",
    "Basic {}",
    "Token token=x{}",
    "Digest token={}",
    "Bearer",
]


def call(client: FlaskClient, authorization: str, query: str = "") -> TestResponse:
    return client.get(ROUTE + query, headers={"Authorization": authorization})


def assert_denied(answer: TestResponse) -> None:
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers["X-message"] == "Access denied"
    assert answer.headers["WWW-Authenticate"] == 'Token realm="Application"'
    assert answer.headers["Cache-Control"] == "no-cache, no-store"
    assert "X-token" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def decoded(text: str) -> tuple[str, dict[str, Any]]:
    """(header as written, claims) of a token."""
    header, claims, _ = (base64.urlsafe_b64decode(part + "==") for part in text.split("."))
    return header.decode(), json.loads(claims)


def signed_on(day: int, user: User, settings: Settings) -> str:
    """A token renewed just now, of a chain that began on the day."""
    return token.renew(user.id, token._day_key(settings, day))


@pytest.mark.parametrize("form", ADMITTED)
def test_every_form_of_the_header_is_understood(
    client: FlaskClient, make_user: Make, token_of: Make, form: str
) -> None:
    answer = call(client, form.format(token_of(make_user())))
    assert (answer.status_code, answer.data) == (200, b"[]")


@pytest.mark.parametrize("form", REFUSED)
def test_any_other_form_is_refused(client: FlaskClient, make_user: Make, token_of: Make, form: str) -> None:
    assert_denied(call(client, form.format(token_of(make_user()))))


@both_engines
def test_no_header_is_refused_by_the_real_server_too(site: Site) -> None:
    answer = site.server.request(ROUTE)
    assert (answer.status, answer.body) == (401, b"")
    assert answer.header("Content-Type") == "text/html"
    assert answer.header("X-message") == "Access denied"
    assert answer.header("Content-Length") == "0"
    assert answer.header("X-token") is None


def test_a_sign_in_is_no_token(sign_in: Make, make_user: Make) -> None:
    client = sign_in(make_user(role=Role.ADMIN))
    assert client.get("/").status_code == 200
    assert_denied(client.get(ROUTE))


def test_a_good_token_is_answered_with_the_same_token_renewed(
    client: FlaskClient, make_user: Make, settings: Settings
) -> None:
    user = make_user()
    before = int(datetime.now(UTC).timestamp())
    renewed = call(client, f"Token {signed_on(TODAY - 3, user, settings)}").headers["X-token"]
    header, claims = decoded(renewed)
    assert header == '{"typ":"JWT","alg":"HS256"}'
    assert list(claims) == ["exp", "iat", "user_id"]
    assert claims["user_id"] == user.id
    assert before <= claims["iat"] <= before + 5
    assert claims["exp"] - claims["iat"] == 4 * 3600
    assert call(client, f"Token {renewed}").status_code == 200


def test_a_chain_of_renewals_ends_after_thirty_days(
    client: FlaskClient, make_user: Make, settings: Settings
) -> None:
    user = make_user()
    oldest = call(client, f"Token {signed_on(TODAY - 29, user, settings)}")
    assert oldest.status_code == 200
    assert token.read(oldest.headers["X-token"], settings)[2] == token._day_key(settings, TODAY - 29)
    assert_denied(call(client, f"Token {signed_on(TODAY - 31, user, settings)}"))


def test_tomorrows_key_is_not_good_yet(client: FlaskClient, make_user: Make, settings: Settings) -> None:
    assert_denied(call(client, f"Token {signed_on(TODAY + 2, make_user(), settings)}"))


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -1},
        {"exp": None},
        {"iat": None},
        {"user_id": None},
        {"user_id": 5},
        {"user_id": "40b7f36a-1e4b-4987-931f-88910a37c451"},
        {"iat": "yesterday"},
        {"iat": 10**6},
        {"exp": "never"},
    ],
)
def test_claims_that_do_not_hold_are_refused(
    client: FlaskClient, make_user: Make, settings: Settings, claims: dict[str, Any]
) -> None:
    now = int(datetime.now(UTC).timestamp())
    changed = {
        key: now + value if isinstance(value, int) and key != "user_id" else value
        for key, value in claims.items()
    }
    whole = {"exp": now + 60, "iat": now, "user_id": make_user().id} | changed
    kept = {key: value for key, value in whole.items() if value is not None}
    text = jwt.encode(kept, token._day_key(settings, TODAY), algorithm="HS256")
    assert_denied(call(client, f"Token {text}"))


def test_another_key_or_none_is_refused(client: FlaskClient, make_user: Make, settings: Settings) -> None:
    now = int(datetime.now(UTC).timestamp())
    claims = {"exp": now + 60, "iat": now, "user_id": make_user().id}
    day_key = token._day_key(settings, TODAY)
    assert call(client, "Token " + jwt.encode(claims, day_key, algorithm="HS256")).status_code == 200
    assert_denied(call(client, "Token " + jwt.encode(claims, "k" * 32, algorithm="HS256")))
    assert_denied(call(client, "Token " + jwt.encode(claims, day_key * 2, algorithm="HS512")))
    unsigned = jwt.encode(claims, None, algorithm="none")
    assert_denied(call(client, f"Token {unsigned}"))
    assert_denied(call(client, f"Token {unsigned.rstrip('.')}"))


def test_a_token_with_any_character_changed_is_refused(
    client: FlaskClient, make_user: Make, token_of: Make
) -> None:
    text = token_of(make_user())
    for at in range(len(text) - 1):  # the last character has bits that stand for nothing
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        assert call(client, f"Token {changed}").status_code == 401, changed


def test_a_revoked_token_is_refused(
    client: FlaskClient, make_user: Make, settings: Settings, token_of: Make
) -> None:
    user, other = make_user(), make_user("other@example.org")
    first, others = token_of(user), token_of(other)
    second = call(client, f"Token {first}").headers["X-token"]
    with client.application.app_context():
        begin_write()
        token.revoke_all(db.session.merge(user))
        db.session.commit()
    assert_denied(call(client, f"Token {first}"))
    assert_denied(call(client, f"Token {second}"))
    assert call(client, f"Token {others}").status_code == 200


def test_a_person_who_is_gone_is_refused(client: FlaskClient, make_user: Make, token_of: Make) -> None:
    user = make_user()
    text = token_of(user)
    with client.application.app_context():
        db.session.delete(db.session.merge(user))
        db.session.commit()
    assert_denied(call(client, f"Token {text}"))


def test_a_member_gets_the_images_of_their_albums_alone(
    client: FlaskClient, make_user: Make, make_album: Make, make_image: Make, token_of: Make
) -> None:
    user, admin = make_user(), make_user("admin@example.org", Role.ADMIN)
    make_album("mine", user)
    mine, theirs = make_image(album_id="mine"), make_image(album_id="theirs")
    both = f"?ids={mine.id},{theirs.id}"

    def ids(person: User, query: str) -> list[str]:
        answer = call(client, f"Token {token_of(person)}", query)
        assert answer.status_code == 200
        return [record["id"] for record in answer.json or []]

    assert ids(user, "") == ids(user, both) == [mine.id]
    assert ids(admin, "") == ids(admin, both) == [mine.id, theirs.id]
    assert ids(make_user("stranger@example.org"), both) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_method_needs_a_token(client: FlaskClient, method: str) -> None:
    assert_denied(client.open(ROUTE, method=method))


def test_an_answer_sets_no_cookie(client: FlaskClient, make_user: Make, token_of: Make) -> None:
    answer = call(client, f"Token {token_of(make_user())}")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
