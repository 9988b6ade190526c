import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gallery.models.user import User
from tests.conftest import PASSWORD


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def attempt(client: FlaskClient, email: str, password: str, onward: str = "") -> TestResponse:
    csrf_token = token_in(client.get("/sign-in").text)
    form = {"email": email, "password": password, "next": onward, "csrf_token": csrf_token}
    return client.post("/sign-in", data=form)


@pytest.fixture
def ann(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.mark.parametrize("path", ["/", "/images", "/images/x", "/albums/x", "/albums/x/map", "/map"])
def test_a_visitor_without_a_session_is_led_to_sign_in_and_on_again(client: FlaskClient, path: str) -> None:
    answer = client.get(path + "?tags=a")
    assert answer.status_code == 302
    assert answer.location == f"/sign-in?next={path.replace('/', '%2F')}%3Ftags%3Da"


def test_signing_in_leads_to_where_the_person_was_going(client: FlaskClient, ann: User) -> None:
    answer = attempt(client, " ANN@example.org ", PASSWORD, "/albums/x?tags=a%2Cb")
    assert (answer.status_code, answer.location) == (303, "/albums/x?tags=a%2Cb")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "trap",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:1",
        "\\\\e",
    ],
)
def test_signing_in_never_leads_away(client: FlaskClient, ann: User, trap: str) -> None:
    assert attempt(client, ann.email, PASSWORD, trap).location == "/"


@pytest.mark.parametrize(
    ("email", "password"), [("ann@example.org", "wrong horse"), ("bob@example.org", PASSWORD)]
)
def test_a_refusal_does_not_say_which_of_the_two_was_wrong(
    client: FlaskClient, ann: User, email: str, password: str
) -> None:
    answer = attempt(client, email, password)
    assert answer.status_code == 422
    assert "do not belong together" in answer.text


def test_a_form_without_its_token_is_refused(client: FlaskClient, ann: User) -> None:
    answer = client.post("/sign-in", data={"email": ann.email, "password": PASSWORD})
    assert answer.status_code == 400


@pytest.mark.slow
def test_the_eleventh_attempt_of_a_minute_waits(client: FlaskClient, ann: User) -> None:
    statuses = [attempt(client, ann.email, "wrong horse").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    answer = client.post("/sign-in", data={"csrf_token": token_in(client.get("/sign-in").text)})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.slow
def test_attempts_on_one_address_count_together_wherever_they_come_from(
    client: FlaskClient, ann: User
) -> None:
    for host in range(10):
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{host}"
        assert attempt(client, ann.email, "wrong horse").status_code == 422
    client.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    assert attempt(client, ann.email.upper(), PASSWORD).status_code == 429


def test_signing_out_ends_the_session(
    client: FlaskClient, ann: User, sign_in: Callable[..., FlaskClient]
) -> None:
    csrf_token = token_in(sign_in(ann).get("/").text)
    assert client.post("/sign-out", data={"csrf_token": csrf_token}).location == "/sign-in"
    assert client.get("/").status_code == 302


def test_signing_out_takes_a_form_of_ours(sign_in: Callable[..., FlaskClient], ann: User) -> None:
    browser = sign_in(ann)
    assert browser.post("/sign-out").status_code == 400
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/").status_code == 200


def test_somebody_signed_in_needs_no_form(sign_in: Callable[..., FlaskClient], ann: User) -> None:
    assert sign_in(ann).get("/sign-in?next=/map").location == "/map"
