"""`flask user`, `flask token` and `flask album`."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from gallery.db import begin_write, db
from gallery.models import personal_token
from gallery.models.album import find_album, visible_albums
from gallery.models.personal_token import Scope
from gallery.models.user import Role, authenticate, find_by_email
from tests.engines import both_engines

Run = Callable[..., Result]
ROUTE = "/api/v1/image_syncs"


@pytest.fixture
def run(app: Flask) -> Run:
    """Run a command, with a text on its standard input."""
    return lambda *args, stdin="": app.test_cli_runner().invoke(args=list(args), input=stdin)


def add(run: Run, email: str, *options: str, password: str = "correct horse") -> Result:
    return run("user", "add", email, "--password-stdin", *options, stdin=f"{password}\n")


@both_engines
def test_a_person_who_is_added_can_sign_in(app: Flask, run: Run) -> None:
    options = ("--name", "Ann É.", "--role", "reviewer", "--sfid", "005000000000001")
    assert add(run, " Ann@Example.ORG ", *options).exit_code == 0
    with app.app_context():
        user = authenticate("ann@example.org", "correct horse")
        assert user is not None
        assert (user.name, user.role, user.sfid) == ("Ann É.", Role.REVIEWER, "005000000000001")
        assert authenticate("ANN@example.org", "correct horse ") is None


@both_engines
def test_an_address_is_taken_once_in_any_case(run: Run) -> None:
    assert add(run, "ann@example.org").exit_code == 0
    again = add(run, "ANN@example.org")
    assert again.exit_code == 1
    assert "ANN@example.org already" in again.output


@pytest.mark.parametrize(
    "email", ["ann", "@example.org", "ann@", "a b@example.org", "a\n@b", "a" * 255 + "@b", "", "a\0@b"]
)
def test_what_is_no_address_is_refused(run: Run, email: str) -> None:
    result = add(run, email)
    assert result.exit_code == 1
    assert "is not an e-mail address" in result.output


@pytest.mark.parametrize("password", ["", "short", "1234567"])
def test_a_short_password_is_refused(app: Flask, run: Run, password: str) -> None:
    result = add(run, "ann@example.org", password=password)
    assert result.exit_code == 1
    assert "at least 8 characters" in result.output
    with app.app_context():
        assert find_by_email("ann@example.org") is None


def test_an_unknown_role_is_a_usage_error(run: Run) -> None:
    assert add(run, "ann@example.org", "--role", "king").exit_code == 2


def test_a_password_is_asked_for_twice(run: Run) -> None:
    good = run("user", "add", "ann@example.org", stdin="correct horse\ncorrect horse\n")
    assert good.exit_code == 0
    assert "correct horse" not in good.output
    assert run("user", "add", "bob@example.org", stdin="correct horse\nincorrect\n").exit_code != 0


def test_an_issued_token_is_printed_alone_and_opens_the_api(run: Run, client: FlaskClient) -> None:
    add(run, "ann@example.org")
    result = run("token", "issue", "ANN@example.org")
    assert result.exit_code == 0
    assert result.output.count("\n") == 1
    token = result.output.strip()
    assert token.count(".") == 2
    assert client.get(ROUTE, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_revoking_ends_every_token_of_a_person(run: Run, client: FlaskClient) -> None:
    add(run, "ann@example.org")
    token = run("token", "issue", "ann@example.org").output.strip()
    assert run("token", "revoke", "ann@example.org").exit_code == 0
    assert client.get(ROUTE, headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_personal_tokens_are_listed_and_revoked(app: Flask, run: Run, client: FlaskClient) -> None:
    add(run, "ann@example.org")
    with app.app_context():
        begin_write()
        user = find_by_email("ann@example.org")
        assert user is not None
        made = [personal_token.create(user, name, [Scope.READ], None, None) for name in ("Crawler", "Éclair")]
        texts = [text for _, text in made]
        db.session.commit()

    def statuses() -> list[int]:
        calls = (client.get(ROUTE, headers={"Authorization": f"Bearer {text}"}) for text in texts)
        return [answer.status_code for answer in calls]

    listed = run("token", "list", "ann@example.org").output
    assert "Crawler" in listed
    assert not any(text in listed for text in texts)
    records = [
        json.loads(line) for line in run("token", "list", "--json", "ann@example.org").output.splitlines()
    ]
    assert [record["name"] for record in records] == ["Éclair", "Crawler"]
    assert run("token", "revoke", "ann@example.org", "--id", "none").exit_code == 1
    assert statuses() == [200, 200]
    assert run("token", "revoke", "ann@example.org", "--id", records[1]["id"]).exit_code == 0
    assert statuses() == [401, 200]
    assert run("token", "revoke", "ann@example.org").exit_code == 0
    assert statuses() == [401, 401]


def test_a_new_password_ends_every_token(app: Flask, run: Run, client: FlaskClient) -> None:
    add(run, "ann@example.org")
    token = run("token", "issue", "ann@example.org").output.strip()
    short = run("user", "password", "ann@example.org", "--password-stdin", stdin="short\n")
    assert (short.exit_code, client.get(ROUTE, headers={"Authorization": f"Bearer {token}"}).status_code) == (
        1,
        200,
    )
    changed = run("user", "password", "ann@example.org", "--password-stdin", stdin="another horse\n")
    assert changed.exit_code == 0
    assert client.get(ROUTE, headers={"Authorization": f"Bearer {token}"}).status_code == 401
    with app.app_context():
        assert authenticate("ann@example.org", "another horse") is not None


@pytest.mark.parametrize(
    "command", [("token", "issue"), ("token", "list"), ("token", "revoke"), ("album", "admit", "A")]
)
def test_nobody_of_that_address_is_said_in_words(run: Run, command: tuple[str, ...]) -> None:
    run("album", "add", "A")
    result = run(*command, "nobody@example.org")
    assert result.exit_code == 1
    assert "nobody@example.org" in result.output


@both_engines
def test_admitting_and_dismissing_show_and_hide_an_album(app: Flask, run: Run) -> None:
    add(run, "ann@example.org")
    assert run("album", "add", "A/1", "--name", "Roofs").exit_code == 0

    def seen() -> list[str]:
        with app.app_context():
            user = find_by_email("ann@example.org")
            assert user is not None
            return [album.name for album in db.session.scalars(visible_albums(user))]

    assert seen() == []
    for _ in range(2):
        assert run("album", "admit", "A/1", "ann@example.org").exit_code == 0
        assert seen() == ["Roofs"]
    for _ in range(2):
        assert run("album", "dismiss", "A/1", "ann@example.org").exit_code == 0
        assert seen() == []


def test_an_albums_id_is_taken_once_and_never_empty(app: Flask, run: Run) -> None:
    assert run("album", "add", "A").exit_code == 0
    for bad in ("A", ""):
        assert run("album", "add", bad).exit_code == 1
    with app.app_context():
        assert find_album("A") is not None
        assert find_album("a") is None


@pytest.mark.parametrize("name", ["\x1b[2J\x1b]0;owned\x07Eve", "\x9b31mEve", "Zoë \u202egpj.exe\u2066"])
def test_a_name_does_not_command_the_operators_terminal(app: Flask, run: Run, name: str) -> None:
    assert add(run, "eve@example.org", "--name", name).exit_code == 0
    runner = app.test_cli_runner()
    listed = runner.invoke(args=["user", "list"], color=True)  # without which click takes some of it out
    shut = runner.invoke(args=["user", "shut-out", "eve@example.org"])
    refused = runner.invoke(args=["token", "issue", "eve@example.org"], color=True)
    assert (listed.exit_code, shut.exit_code, refused.exit_code) == (0, 0, 1)
    for output in (listed.output, refused.output):
        assert name[-3:] in output or "gpj.exe" in output
        assert output.replace("\n", "").isprintable()
