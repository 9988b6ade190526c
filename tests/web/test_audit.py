"""Everything that is done is in the audit chain, with who did it; and the pages that show it."""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gallery import current
from gallery.chain import first_break
from gallery.db import begin_write, db
from gallery.editing.revision import revision_of
from gallery.editing.trash import empty
from gallery.models.audit import AuditEntry, Deed
from gallery.models.image import Image
from gallery.models.user import Role, User
from gallery.models.verdict import Verdict
from gallery.present.audit.audit_log import entries
from gallery.present.audit.deed_words import WORDS
from gallery.present.audit.page import AuditFilter
from tests.conftest import PASSWORD
from tests.engines import both_engines
from tests.web.test_sessions import token_in

API = "/api/v1"
HOOK = {"url": "https://example.com/secret-path", "events": ["new_image"]}
DOCUMENT = Path(__file__).parents[1] / "contract" / "payload.json"
SHARE = {"name": "For the owner", "precision": "exact", "album_id": "one", "password": "not told"}


@pytest.fixture
def said(app: Flask) -> Callable[[], list[tuple[Deed, AuditEntry]]]:
    """What was recorded since the last time, in order."""
    seen = 0

    def ask() -> list[tuple[Deed, AuditEntry]]:
        nonlocal seen
        with app.app_context():
            query = sa.select(AuditEntry).where(AuditEntry.number > seen).order_by(AuditEntry.number)
            found = list(db.session.scalars(query))
            seen = found[-1].number if found else seen
            db.session.expunge_all()
            return [(entry.deed, entry) for entry in found]

    return ask


@both_engines
def test_every_deed_of_a_program_is_recorded(
    app: Flask, make_user: Any, make_album: Any, make_image: Any, token_of: Any, said: Any
) -> None:
    admin: User = make_user("ada@example.org", Role.ADMIN)
    bob: User = make_user("bob@example.org")
    make_album("one")
    make_album("two")
    image, other = make_image(album_id="one"), make_image(album_id="one")
    assert [deed for deed, _ in said()] == [Deed.IMAGE_ADDED] * 2
    client, headers = app.test_client(), {"Authorization": f"Bearer {token_of(admin)}"}

    def call(method: str, path: str, body: Any = None) -> Any:
        answer = client.open(API + path, method=method, json=body, headers=headers)
        assert answer.status_code < 300, (path, answer.text)
        return answer.json if answer.data else None

    one, three = f"/images/{image.id}", {"id": "three", "name": "Three"}
    tagged = {"image_ids": [image.id, other.id], "tag_name": "crane"}
    table: list[tuple[str, str, Any, list[Deed]]] = [
        ("PUT", one, {"title": "A crane", "rotation": 90}, [Deed.IMAGE_EDITED]),
        ("PUT", one, {"title": "A crane"}, []),
        ("POST", "/tag_images", tagged, [Deed.IMAGE_TAGGED] * 2),
        ("PUT", "/tags/crane", {"name": "lift"}, [Deed.TAG_RENAMED, *_twice(Deed.IMAGE_UNTAGGED)]),
        ("DELETE", "/tags/lift", None, [Deed.TAG_DELETED, *_twice(Deed.IMAGE_UNTAGGED)[:2]]),
        ("POST", "/images/move", {"ids": [image.id], "album_id": "two"}, [Deed.IMAGE_MOVED]),
        ("POST", f"{one}/duplicates", {"album_id": "one"}, [Deed.IMAGE_DUPLICATED]),
        ("POST", f"{one}/processing", None, [Deed.IMAGE_PROCESSED_AGAIN]),
        ("DELETE", one, None, [Deed.IMAGE_TRASHED]),
        ("POST", f"/trashed_images/{image.id}/restoration", None, [Deed.IMAGE_RESTORED]),
        ("DELETE", f"/images/{other.id}", None, [Deed.IMAGE_TRASHED]),
        ("DELETE", f"/trashed_images/{other.id}", None, [Deed.IMAGE_PURGED]),
        ("POST", "/albums", three, [Deed.ALBUM_CREATED, Deed.MEMBER_ADMITTED]),
        ("PUT", "/albums/three", {"name": "Drei"}, [Deed.ALBUM_EDITED]),
        ("POST", "/albums/three/members", {"user_id": bob.id}, [Deed.MEMBER_ADMITTED]),
        ("DELETE", f"/albums/three/members/{bob.id}", None, [Deed.MEMBER_DISMISSED]),
        ("DELETE", "/albums/three", None, [Deed.ALBUM_DELETED]),
        ("POST", "/shares", SHARE, [Deed.SHARE_MADE]),
        ("POST", "/webhooks", HOOK, [Deed.WEBHOOK_MADE]),
        ("POST", "/albums/one/merges", {"source_id": "two"}, [Deed.IMAGE_MOVED, Deed.ALBUM_MERGED]),
    ]
    for method, path, body, deeds in table:
        answer = call(method, path, body)
        found = said()
        assert [deed for deed, _ in found] == deeds, path
        assert {entry.actor_name for _, entry in found} <= {"ada"}, path
        if path == "/shares":
            call("DELETE", f"/shares/{answer['id']}")
            assert [deed for deed, _ in said()] == [Deed.SHARE_REVOKED]
        if path == "/webhooks":
            hook = f"/webhooks/{answer['id']}"
            call("PUT", hook, {"is_active": False})
            call("DELETE", hook)
            assert [deed for deed, _ in said()] == [Deed.WEBHOOK_CHANGED, Deed.WEBHOOK_DELETED]
    with app.app_context(), db.engine.connect() as connection:
        written = "\n".join(json.dumps(entry, default=str) for entry in entries(connection))
        assert first_break(entries(connection))[1] is None
    for secret in ("secret-path", "not told", "whsec_", PASSWORD):
        assert secret not in written


@pytest.mark.slow
@both_engines
def test_every_deed_at_a_page_and_of_time_is_recorded_and_nothing_that_did_not_happen(
    app: Flask,
    sign_in: Any,
    make_user: Any,
    make_album: Any,
    make_image: Any,
    token_of: Any,
    said: Any,
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    admin, bob = make_user("ada@example.org", Role.ADMIN), make_user("bob@example.org")
    make_album("one", admin)
    image, other = (make_image(album_id="one") for _ in range(2))
    client, one = sign_in(admin), f"/images/{image.id}"
    api = {"Authorization": f"Bearer {token_of(admin)}"}
    said()
    form = {"name": "Van", "scopes": "read", "reach": "all", "expires_on": ""}
    both, verdict = {"image": [image.id, other.id]}, {"decision": "rejected", "reason": "unclear"}
    table: list[tuple[str, Any, list[Deed]]] = [
        (f"{one}/cover", {}, [Deed.ALBUM_COVERED]),
        ("/albums/one/archive", {"archived": "on"}, [Deed.ALBUM_ARCHIVED]),
        ("/albums/one/archive", {}, [Deed.ALBUM_UNARCHIVED]),
        ("/albums/one/reviewing", {"needs_second": "on"}, [Deed.ALBUM_EDITED]),
        ("/albums/one/reviewing", {}, [Deed.ALBUM_EDITED]),
        ("/albums/one/order", {"image": other.id, "way": "first"}, [Deed.IMAGE_PLACED]),
        ("/tokens", form, [Deed.TOKEN_MADE]),
        ("/batches", {**both, "deed": "put-on", "tag": "a"}, [Deed.IMAGE_TAGGED] * 2),
        ("/batches", {"image": image.id, "deed": "put-on", "tag": "b"}, [Deed.IMAGE_TAGGED]),
        (f"/albums/one/members/{bob.id}/dismissal", {}, []),
        (f"/review/{image.id}/verdict", verdict, [Deed.VERDICT_MADE]),
        (f"/review/{image.id}/verdict/LAST/undoing", {}, [Deed.VERDICT_UNDONE]),
        ("/batches", {"image": other.id, "deed": "trash"}, [Deed.IMAGE_TRASHED]),
    ]
    for path, body, deeds in table:
        with app.app_context():
            seen = revision_of(db.session.get_one(Image, image.number))
            last = db.session.scalar(sa.select(Verdict.id)) or ""
        answer = client.post(path.replace("LAST", last), data={"revision": seen, **body})
        assert answer.status_code in (201, 303), (path, answer.status_code)
        assert [deed for deed, _ in said()] == deeds, path
    answer = client.put("/api/v1/tags/a", json={"name": "b"}, headers=api)
    assert answer.status_code == 200, answer.text
    joined = [deed for deed, _ in said()]
    assert joined == [Deed.TAG_RENAMED, Deed.IMAGE_UNTAGGED]
    with app.app_context():
        empty(dataclasses.replace(current.settings(), trash_days=0))
    assert [(deed, entry.actor_name) for deed, entry in said()] == [(Deed.IMAGE_PURGED, "the gallery")]
    done = app.test_cli_runner().invoke(args=["pull", "--file", str(DOCUMENT)])
    assert done.exit_code == 0, done.output
    added = [entry for deed, entry in said() if deed is Deed.IMAGE_ADDED]
    assert added
    assert all(entry.details == {"mirrored": True} for entry in added)


def test_days_are_those_of_the_page_and_what_is_gone_has_no_link(
    client: FlaskClient, sign_in: Any, make_user: Any, make_image: Any, app: Flask
) -> None:
    image, other = make_image(album_id="one"), make_image(album_id="two")
    sign_in(make_user("ada@example.org", Role.ADMIN))
    with app.app_context():
        begin_write()
        db.session.get_one(Image, image.number).trashed_at = datetime.now(UTC)
        wanted = AuditFilter.from_query({"from": "2026-07-02", "to": "2026-07-02"})
        clause = str(wanted.where(ZoneInfo("Europe/Paris")).compile(compile_kwargs={"literal_binds": True}))
        db.session.commit()
    assert "2026-07-01 22:00" in clause
    assert "2026-07-02 22:00" in clause
    page = client.get("/audit", headers={"Accept-Language": "fr"}).text
    assert f'href="/images/{image.id}"' not in page
    assert f'href="/images/{other.id}"' in page
    assert "nom du fichier" in page


def _twice(deed: Deed) -> list[Deed]:
    return [deed, deed, Deed.IMAGE_TAGGED, Deed.IMAGE_TAGGED]


def test_who_comes_and_goes_is_recorded_without_what_was_typed(
    app: Flask, client: FlaskClient, make_user: Any, said: Any
) -> None:
    make_user()
    form = {"csrf_token": token_in(client.get("/sign-in").text), "email": "my-pass-word", "password": "x"}
    client.post("/sign-in", data=form)
    client.post("/sign-in", data={**form, "email": "ann@example.org"})
    client.post("/sign-in", data={**form, "email": "ann@example.org", "password": PASSWORD})
    client.post("/sign-out", data={"csrf_token": token_in(client.get("/tokens").text)})
    client.post(f"{API}/tokens", json={"email": "ann@example.org", "password": PASSWORD})
    found = said()
    assert [deed for deed, _ in found] == [
        *(Deed.SIGN_IN_FAILED, Deed.SIGN_IN_FAILED, Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.SIGNED_IN),
    ]
    stranger, mistaken = found[0][1].details, found[1][1].details
    assert "person" not in stranger
    assert mistaken["person"] == "ann"
    assert stranger["address"] == "127.0.0.0/24"
    assert "my-pass-word" not in json.dumps([entry.details for _, entry in found])


def test_people_made_at_the_command_line_name_who_was_at_it(app: Flask, said: Any) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["user", "add", "a@b.example", "--password-stdin"], input="12345678\n").exit_code == 0
    assert (
        run(args=["user", "password", "a@b.example", "--password-stdin"], input="87654321\n").exit_code == 0
    )
    assert run(args=["user", "role", "a@b.example", "reviewer"]).exit_code == 0
    assert run(args=["user", "role", "a@b.example", "reviewer"]).exit_code == 0, "and nothing is recorded"
    assert run(args=["user", "role", "nobody@b.example", "admin"]).exit_code == 1
    assert run(args=["token", "issue", "a@b.example"]).exit_code == 0
    assert run(args=["token", "revoke", "a@b.example"]).exit_code == 0
    assert run(args=["album", "add", "one"]).exit_code == 0
    found = said()
    assert [deed for deed, _ in found] == [
        *(Deed.USER_ADDED, Deed.PASSWORD_CHANGED, Deed.ROLE_CHANGED),
        *(Deed.TOKEN_ISSUED, Deed.SIGNED_OUT_EVERYWHERE, Deed.ALBUM_CREATED),
    ]
    assert (found[2][1].details["role_before"], found[2][1].details["role"]) == ("member", "reviewer")
    assert all(entry.actor_name.startswith("command line (") for _, entry in found)


def test_every_deed_has_its_words() -> None:
    assert set(WORDS) == set(Deed)


def test_admins_read_the_chain_and_members_the_history_of_what_they_see(
    app: Flask, client: FlaskClient, sign_in: Any, make_user: Any, make_album: Any, make_image: Any
) -> None:
    ann, admin = make_user(), make_user("ada@example.org", Role.ADMIN)
    make_album("one", ann)
    mine, other = (
        make_image(album_id="one", uploader=make_user("ben@example.org")),
        make_image(album_id="two"),
    )
    sign_in(ann)
    assert client.get("/audit").status_code == 404
    assert client.get("/audit/head").status_code == 404
    assert "added a photograph" in client.get(f"/images/{mine.id}/history").text
    assert client.get(f"/images/{other.id}/history").status_code == 404
    sign_in(admin)
    for query, count in {
        "": 2,
        "person=ben": 1,
        "person=ben@example.org": 1,
        "deed=image_added": 2,
        "deed=image_edited": 0,
        "album=two": 1,
        f"image={mine.id}": 1,
        "from=2099-01-01": 0,
        "to=2099-01-01": 2,
        "after=2": 1,
    }.items():
        assert client.get(f"/audit?{query}").text.count('class="audit-row"') == count, query
    for query in ("deed=x", "after=x", "from=x", "after=99999999999999999999"):
        assert client.get(f"/audit?{query}").status_code == 400
    assert client.get("/audit/head").json["number"] == 2


def test_the_command_line_checks_the_chain_against_a_head(app: Flask, make_image: Any, tmp_path: Any) -> None:
    run = app.test_cli_runner().invoke
    make_image()
    make_image()
    kept = tmp_path / "head"
    kept.write_text(run(args=["audit", "head"]).output)
    make_image()
    assert run(args=["audit", "verify", "--head", str(kept)]).exit_code == 0
    told = json.loads(run(args=["audit", "export"]).output.splitlines()[1])
    page = tmp_path / "audit-head.json"
    page.write_text(json.dumps({"hash": told["hash"], "number": 2}))
    assert run(args=["audit", "verify", "--head", str(page)]).exit_code == 0
    assert len(run(args=["audit", "export"]).output.splitlines()) == 3
    assert run(args=["audit", "verify", "--head", "f" * 64]).exit_code == 1
    assert run(args=["audit", "verify", "--head", f"2:{'f' * 64}"]).exit_code == 1
    assert run(args=["audit", "verify", "--head", "no such file"]).exit_code == 2
    with app.app_context():
        db.session.execute(sa.text("DROP TRIGGER audit_entry_no_delete"))
        db.session.execute(sa.text("DELETE FROM audit_entry WHERE number > 1"))
        db.session.commit()
    assert run(args=["audit", "verify"]).exit_code == 0
    answer = run(args=["audit", "verify", "--json", "--head", str(kept)])
    assert answer.exit_code == 1
    assert json.loads(answer.output)["broken"]["kind"] == "truncated"
