"""Admins look after people; everybody after themselves."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery.db import begin_write, db
from gallery.editing import user_editing
from gallery.errors import GalleryError
from gallery.models import personal_token
from gallery.models.audit import AuditEntry, Deed
from gallery.models.personal_token import Scope
from gallery.models.user import Role, User, find_by_email, find_by_id
from gallery.models.webhook import Webhook, who_may_see
from tests.conftest import PASSWORD
from tests.engines import both_engines
from tests.web.test_sessions import attempt, token_in

ROUTE, MADE = "/api/v1/image_syncs", re.compile(r"<code>((?:[a-z2-9]{5}-){3}[a-z2-9]{5})</code>")


@pytest.fixture
def admin(app: Flask, make_user: Callable[..., User], sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    """An admin's browser; forms need no token of theirs."""
    app.config["WTF_CSRF_ENABLED"] = False
    return sign_in(make_user("ada@example.org", Role.ADMIN))


def deeds(app: Flask) -> list[tuple[Deed, str, dict[str, Any]]]:
    with app.app_context():
        found = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number))
        return [(entry.deed, entry.actor_name, entry.details) for entry in found]


def sign_in_status(app: Flask, email: str, password: str) -> int:
    form = {"email": email, "password": password}
    return app.test_client().post("/sign-in", data=form).status_code


def credentials_of(app: Flask, client: FlaskClient, user: User, token: str) -> list[str]:
    """A token of each kind: got with the password, a personal one, and one got with that."""
    with app.app_context():
        begin_write()
        owner = find_by_id(user.id)
        assert owner is not None
        _, text = personal_token.create(owner, "Crawler", [Scope.READ], None, None)
        db.session.commit()
    got = client.post("/api/v1/tokens", json={"personal_token": text})
    return [token, text, got.json["token"]]  # type: ignore[index]  # it is an object


@pytest.mark.slow
@both_engines
def test_who_is_shut_out_comes_by_no_door_until_let_in_again(
    app: Flask, admin: FlaskClient, make_user: Any, make_album: Any, make_image: Any, token_of: Any
) -> None:
    ann = make_user()
    make_album("one", ann)
    make_image(album_id="one")
    own = app.test_client()
    assert own.post("/sign-in", data={"email": ann.email, "password": PASSWORD}).status_code == 303
    texts = credentials_of(app, own, ann, token_of(ann))
    shared = {"name": "For the owner", "precision": "exact", "album_id": "one"}
    hook = {"url": "https://example.com/hook", "events": ["new_image"]}
    call = {"Authorization": f"Bearer {texts[0]}"}
    share = (
        own.post("/api/v1/shares", json=shared, headers=call)
        .json["url"]
        .removeprefix("http://127.0.0.1:8000")
    )
    assert own.post("/api/v1/webhooks", json=hook, headers=call).status_code == 201

    def doors() -> list[int]:
        answers = [own.get("/account"), app.test_client().get(share)]
        answers += [own.get(ROUTE, headers={"Authorization": f"Bearer {text}"}) for text in texts]
        return [answer.status_code for answer in answers]

    def sign_ins() -> list[int]:
        known = {"email": ann.email, "password": PASSWORD}
        got = app.test_client().post("/api/v1/tokens", json=known)
        return [sign_in_status(app, ann.email, PASSWORD), got.status_code]

    assert (doors(), sign_ins()) == ([200] * 5, [303, 201])
    assert admin.post(f"/users/{ann.id}/exclusion").status_code == 303
    assert (doors(), sign_ins()) == ([302, 404, 401, 401, 401], [422, 401])
    assert app.test_cli_runner().invoke(args=["token", "issue", ann.email]).exit_code == 1
    with app.app_context():
        webhook = db.session.scalars(sa.select(Webhook)).one()
        assert (webhook.is_active, webhook.pause_reason) == (False, user_editing.SHUT_OUT)
        assert who_may_see([webhook.user], 1) == set()
    assert "shut out" in admin.get("/users").text
    assert admin.post(f"/users/{ann.id}/password", data={"password": "another horse"}).status_code == 303
    assert doors()[2:] == [401] * 3, "not by a new password either"

    assert admin.post(f"/users/{ann.id}/readmission").status_code == 303
    assert doors() == [302, 200, 401, 401, 401], "nothing that has ended begins again"
    known = {"email": ann.email, "password": "another horse"}
    assert own.post("/sign-in", data=known).status_code == 303
    assert "1 image" in own.get("/").text
    done = [(deed, actor) for deed, actor, _ in deeds(app) if deed.value.startswith("user_")]
    assert done == [(Deed.USER_SHUT_OUT, "ada"), (Deed.USER_LET_IN, "ada")]


def test_nobody_takes_their_own_rights_nor_those_of_the_last_admin(
    app: Flask, admin: FlaskClient, make_user: Any
) -> None:
    with app.app_context():
        ada = find_by_email("ada@example.org")
        assert ada is not None
        me = f"/users/{ada.id}"
    bob = make_user("bob@example.org", Role.ADMIN)
    for path, form in (("", {"name": "Ada", "role": "member"}), ("/exclusion", {}), ("/password", {})):
        answer = admin.post(me + path, data=form)
        assert answer.status_code in (409, 422), path
        assert 'role="alert"' in answer.text
    assert admin.post(me, data={"name": "Ada L."}).status_code == 303, "but a name"
    assert admin.post(f"/users/{bob.id}/exclusion").status_code == 303
    run = app.test_cli_runner().invoke
    for command in (("role", "ada@example.org", "member"), ("shut-out", "ada@example.org")):
        result = run(args=["user", *command])
        assert (result.exit_code, "last admin" in result.output) == (1, True)
    assert run(args=["user", "let-in", "bob@example.org"]).exit_code == 0
    assert run(args=["user", "shut-out", "ada@example.org"]).exit_code == 0
    assert [deed for deed, _, _ in deeds(app)] == [
        *(Deed.USER_RENAMED, Deed.USER_SHUT_OUT, Deed.USER_LET_IN, Deed.USER_SHUT_OUT),
    ]


@both_engines
def test_of_two_admins_who_demote_each_other_at_once_one_stays(app: Flask, make_user: Any) -> None:
    people = [make_user(f"{name}@example.org", Role.ADMIN) for name in ("ada", "bob")]

    def demote(person: User) -> None:
        with app.app_context():
            begin_write()
            found = find_by_id(person.id)
            assert found is not None
            try:
                user_editing.give_role(found, Role.MEMBER)
                db.session.commit()
            except GalleryError:
                db.session.rollback()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, people))
    with app.app_context():
        roles = db.session.scalars(sa.select(User.role)).all()
    assert sorted(roles) == [Role.ADMIN, Role.MEMBER]


@both_engines
def test_people_are_found_by_name_and_address_and_paged_by_key(
    app: Flask, admin: FlaskClient, make_user: Any
) -> None:
    with app.app_context():
        begin_write()
        names = [f"Person {nth:03d}" for nth in range(101)] + ["Élodie 50%_"]
        db.session.add_all(
            User(email=f"{nth}@example.net", name=name, role=Role.MEMBER, password_hash="x")
            for nth, name in enumerate(names)
        )
        db.session.commit()
    seen, path = [], "/users"
    while path:
        page = admin.get(path).text
        seen += re.findall(r"<bdi>([^<]+)</bdi></a>", page.partition("<tbody>")[2])
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        path = onward[1].replace("&amp;", "&") if onward else ""
    assert seen == ["ada", "Élodie 50%_", *names[:-1]]
    for query, count in {
        "ELODIE": 1,
        "100": 1,
        "person @ 077": 1,
        "0%_": 1,
        "nobody": 0,
        "\0": 0,
    }.items():
        page = admin.get("/users", query_string={"q": query}).text
        assert page.count('<th scope="row">') == count, query
    assert admin.get("/users?after=nobody").status_code == 404
    listed = app.test_cli_runner().invoke(args=["user", "list", "--json", "--search", "example.net"])
    assert len(listed.output.splitlines()) == 102


def test_a_person_is_added_with_a_password_that_one_answer_shows(app: Flask, admin: FlaskClient) -> None:
    form = {"email": " Eve@Example.org", "name": "<b>Eve</b>", "role": "reviewer"}
    answer = admin.post("/users/new", data=form)
    assert answer.status_code == 201
    made = MADE.search(answer.text)
    assert made is not None
    assert "&lt;b&gt;Eve" in answer.text
    assert sign_in_status(app, "eve@example.org", made[1]) == 303
    with app.app_context():
        eve = find_by_email("eve@example.org")
        assert eve is not None
        assert eve.role is Role.REVIEWER
        path = f"/users/{eve.id}"
    assert made[1] not in admin.get(path).text
    again = MADE.search(admin.post(f"{path}/password", data={"password": ""}).text)
    assert again is not None
    assert sign_in_status(app, "eve@example.org", made[1]) == 422
    assert sign_in_status(app, "eve@example.org", again[1]) == 303
    for wrong in (form, {**form, "email": "x"}, {**form, "email": "f@x", "password": "short"}):
        refused = admin.post("/users/new", data=wrong)
        assert (refused.status_code, "&lt;b&gt;Eve" in refused.text) == (422, True)
    assert admin.post("/users/new", data={**form, "role": "king"}).status_code == 422
    assert admin.post(path, data={"name": " ", "role": "member"}).status_code == 422
    assert admin.post(path, data={"name": "Eve", "role": "member"}).status_code == 303
    kept = [(deed, details) for deed, _, details in deeds(app) if deed is not Deed.SIGNED_IN]
    assert [deed for deed, _ in kept] == [
        *(Deed.USER_ADDED, Deed.PASSWORD_CHANGED, Deed.SIGN_IN_FAILED, Deed.USER_RENAMED, Deed.ROLE_CHANGED),
    ]
    assert not any(made[1] in str(details) or again[1] in str(details) for _, details in kept)


def test_people_are_for_admins_alone(sign_in: Callable[..., FlaskClient], make_user: Any) -> None:
    ann = make_user(role=Role.REVIEWER)
    client = sign_in(ann)
    csrf_token = token_in(client.get("/account").text)
    assert 'href="/users"' not in client.get("/account").text
    for path in ("/users", "/users/new", f"/users/{ann.id}"):
        assert client.get(path).status_code == 404, path
    for path in ("new", ann.id, f"{ann.id}/password", f"{ann.id}/exclusion", f"{ann.id}/readmission"):
        answer = client.post(f"/users/{path}", data={"csrf_token": csrf_token, "role": "admin", "name": "x"})
        assert answer.status_code == 404, path


@pytest.mark.slow
def test_a_person_changes_their_name_and_password_and_stays_signed_in_here_alone(
    app: Flask, sign_in: Callable[..., FlaskClient], make_user: Any
) -> None:
    ann = make_user()
    other = app.test_client()
    attempt(other, ann.email, PASSWORD)
    client = sign_in(ann)
    csrf_token = token_in(client.get("/account").text)

    def submit(path: str, **form: str) -> int:
        return client.post(f"/account/{path}", data={"csrf_token": csrf_token, **form}).status_code

    assert [submit("name", name=name) for name in ("Ann É.", "", "x" * 201)] == [303, 422, 422]
    new = {"new": "another horse", "again": "another horse"}
    assert submit("password", old="wrong horse", **new) == 422
    assert submit("password", old=PASSWORD, new="another horse", again="other") == 422
    assert submit("password", old=PASSWORD, new="short", again="short") == 422
    assert other.get("/account").status_code == 200
    assert submit("password", old=PASSWORD, **new) == 303
    assert (client.get("/account").status_code, other.get("/account").status_code) == (200, 302)
    assert "Ann É." in client.get("/account").text
    statuses = [submit("password", old="x", new="x", again="y") for _ in range(6)]
    assert statuses == [422] * 5 + [429], "as often as one may try to sign in"
