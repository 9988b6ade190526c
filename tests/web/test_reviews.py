"""The queue and the screen of reviewers."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gallery.db import begin_write, db
from gallery.media.credentials import Credentials, CredentialState
from gallery.models.claim import Claim, Source
from gallery.models.content_credentials import keep_credentials
from gallery.models.image import Image, find_image
from gallery.models.review_state import ReviewState
from gallery.models.user import Role, User
from gallery.models.verdict import verdicts_of
from gallery.present.reviews import agreeing_list
from gallery.present.sync_document import write_documents
from tests.engines import both_engines

pytestmark = both_engines
Add = Callable[..., list[str]]


@pytest.fixture
def visit(app: Flask) -> Callable[[User], FlaskClient]:
    """A browser of the person's own."""

    def enter(user: User) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = user.get_id(), True
        return client

    return enter


@pytest.fixture
def reviewers(make_user: Callable[..., User], make_album: Callable[..., Any]) -> list[User]:
    """Two, members of album one."""
    people = [make_user(f"{name}@example.org", Role.REVIEWER) for name in ("ann", "bo")]
    make_album("one", *people)
    return people


@pytest.fixture
def waiting(app: Flask, add_images: Add, reviewers: list[User]) -> list[str]:
    """Ids of three images: an old one whose sources agree, one with a conflict, and one that Ann brought."""
    claims = (
        Claim(source=Source.EXIF, latitude=48.0, longitude=2.0),
        Claim(source=Source.HTML, latitude=49.0, longitude=2.0),
    )
    ids = add_images("one", claims=together(), at=(48.0, 2.0))
    ids += add_images("one", claims=claims, worst_flag=3, at=(48.0, 2.0))
    ids += add_images("one", uploader_number=reviewers[0].number)
    with app.app_context():
        write_documents([image_of(image_id) for image_id in ids], app.config["GALLERY"])
        db.session.commit()
    return ids


def together() -> tuple[Claim, ...]:
    """Of file and browser, at one place."""
    sources = (Source.EXIF, Source.HTML)
    return tuple(Claim(source=source, latitude=48.0, longitude=2.0, accuracy_m=9) for source in sources)


def image_of(image_id: str) -> Image:
    image = find_image(image_id)
    assert image is not None
    return image


def field(page: str, name: str) -> str:
    """What a hidden field of the page holds."""
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def undoing_of(page: str) -> str:
    """The address of the form that takes the last verdict back."""
    return "/review/" + page.split("/undoing", maxsplit=1)[0].rsplit('action="/review/', 1)[1] + "/undoing"


def send(client: FlaskClient, image_id: str, page: str, query: str = "", **fields: Any) -> TestResponse:
    """Decide on what the page shows."""
    known = {name: field(page, name) for name in ("csrf_token", "revision")}
    return client.post(f"/review/{image_id}/verdict{query}", data=known | fields)


def test_the_gravest_comes_first_and_nobody_is_shown_what_they_brought(
    visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    old, conflict, anns = waiting
    for person, wanted in zip(reviewers, ([conflict, old], [conflict, old, anns]), strict=True):
        page = visit(person).get("/review").text
        assert sorted(wanted, key=page.index) == wanted
        assert (anns in page) == (anns in wanted)
        assert f"<b>{len(wanted)}</b> Waiting" in page
        assert "<b>1</b> Conflicts" in page
    ann = visit(reviewers[0])
    assert "Somebody else has to review it" in ann.get(f"/review/{anns}").text
    page = ann.get(f"/review/{old}").text
    assert send(ann, anns, page, decision="approved").status_code == 403


def test_a_verdict_leads_to_the_next_and_can_be_undone(
    app: Flask, visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    bo, (old, conflict, anns) = visit(reviewers[1]), waiting
    page = bo.get(f"/review/{conflict}").text
    answer = send(bo, conflict, page, decision="approved", trusted="html", reason="source_wrong")
    assert answer.location == f"/review/{old}"
    assert "you approved it" in bo.get(answer.location).text
    answer = send(bo, old, bo.get(f"/review/{old}").text, decision="rejected")
    assert answer.location == f"/review/{anns}"
    answer = send(bo, anns, bo.get(f"/review/{anns}").text, decision="needs_info")
    assert answer.location == "/review"
    assert "Nothing here waits for you" in bo.get("/review").text
    with app.app_context():
        assert image_of(conflict).believed_position == (49.0, 2.0)
    form = {"csrf_token": field(page, "csrf_token")}
    answer = bo.post(undoing_of(bo.get(f"/review/{conflict}").text), data=form)
    assert answer.location == f"/review/{conflict}"
    assert "Undone by" in bo.get(answer.location).text
    with app.app_context():
        assert (image_of(conflict).believed_position, image_of(conflict).review) == (
            (48.0, 2.0),
            ReviewState.UNREVIEWED,
        )


def test_of_two_at_one_image_the_second_sees_what_the_first_decided(
    visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    ann, bo, image_id = visit(reviewers[0]), visit(reviewers[1]), waiting[1]
    pages = [client.get(f"/review/{image_id}").text for client in (ann, bo)]
    assert send(ann, image_id, pages[0], decision="approved").status_code == 303
    answer = send(bo, image_id, pages[1], decision="rejected", comment="It is Lyon.")
    assert answer.status_code == 409
    assert "ann approved it at" in answer.text
    assert "It is Lyon." in answer.text
    assert send(bo, image_id, answer.text, decision="rejected").status_code == 303


def test_an_undoing_that_is_asked_late_takes_back_nothing_that_came_between(
    app: Flask,
    visit: Callable[[User], FlaskClient],
    reviewers: list[User],
    waiting: list[str],
    make_user: Callable[..., User],
) -> None:
    root, bo, image_id = visit(make_user("root@example.org", Role.ADMIN)), visit(reviewers[1]), waiting[0]
    for client, decision in ((root, "approved"), (bo, "rejected")):
        page = client.get(f"/review/{image_id}").text
        assert send(client, image_id, page, decision=decision).status_code == 303
    undoing, form = undoing_of(root.get("/review").text), {"csrf_token": field(page, "csrf_token")}
    answer = root.post(undoing, data=form | {"csrf_token": field(root.get("/review").text, "csrf_token")})
    assert answer.status_code == 409
    assert "bo has decided since then" in answer.text
    with app.app_context():
        assert image_of(image_id).review is ReviewState.REJECTED


def test_what_the_queue_shows_can_be_taken_along(
    visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    ann, (old, conflict, _anns) = visit(reviewers[0]), waiting
    for query, wanted in (("", {old, conflict}), ("?part=conflict", {conflict}), ("?part=decided", set())):
        page = ann.get(f"/review{query}").text
        features = ann.get(f"/review/export.geojson{query}").get_json()["features"]
        assert {feature["id"] for feature in features} == wanted
        assert (f'action="/review/evidence{query}"' in page) is bool(wanted)
        assert 'loading="lazy"' not in page, "what nobody scrolled to is blank on paper"
    token = field(ann.get("/review").text, "csrf_token")
    answer = ann.post("/review/evidence", data={"csrf_token": token}, follow_redirects=True)
    with ZipFile(BytesIO(answer.data)) as archive:
        assert [image["id"] for image in json.loads(archive.read("images.json"))] == [conflict, old]


def test_of_two_who_decide_at_the_same_moment_one_is_refused(
    app: Flask, visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    image_id = waiting[1]
    clients = [visit(person) for person in reviewers]
    pages = [client.get(f"/review/{image_id}").text for client in clients]
    barrier = Barrier(2)

    def race(nth: int) -> int:
        barrier.wait()
        return send(clients[nth], image_id, pages[nth], decision="rejected").status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(race, range(2))) == [303, 409]
    with app.app_context():
        number = image_of(image_id).number
        assert len(verdicts_of([number])[number]) == 1


def test_all_that_agree_are_listed_then_approved_and_that_can_be_undone(
    app: Flask,
    visit: Callable[[User], FlaskClient],
    reviewers: list[User],
    waiting: list[str],
    add_images: Add,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ann, (old, conflict, anns) = visit(reviewers[0]), waiting
    pages = [ann.get("/review/agreeing").text]
    monkeypatch.setattr(agreeing_list, "FEW", 0)
    pages.append(ann.get("/review/agreeing").text)
    for page in pages:
        assert [image_id in page for image_id in waiting] == [True, False, False]
    (later,) = add_images("one", claims=together(), at=(48.0, 2.0))
    form = {name: field(page, name) for name in ("csrf_token", "listed")}
    assert ann.post("/review/agreeing", data=form | {"listed": "forged"}).status_code == 422
    assert ann.post("/review/agreeing", data=form).location == "/review"
    page = ann.get("/review").text
    assert "1 photograph approved." in page
    with app.app_context():
        states = [image_of(image_id).review.value for image_id in (old, conflict, anns, later)]
    assert states == ["approved", "unreviewed", "unreviewed", "unreviewed"], "the last was not listed"
    undoing = page.split('action="/batches/')[1].split('"')[0]
    ann.post(f"/batches/{undoing}", data={"csrf_token": field(page, "csrf_token")})
    with app.app_context():
        assert image_of(old).review is ReviewState.UNREVIEWED
    assert "There is none" in visit(reviewers[1]).get("/review/agreeing?q=nowhere").text


@pytest.mark.parametrize(
    ("sources", "credentials", "is_listed"),
    [
        ((), None, False),
        ((Source.EXIF,), None, False),
        ((Source.HTML, Source.IP), None, False),
        ((Source.EXIF, Source.HTML), None, True),
        ((Source.EXIF, Source.HTML), Credentials(state=CredentialState.UNKNOWN_SIGNER), True),
        ((Source.EXIF, Source.HTML), Credentials(state=CredentialState.INVALID), False),
        ((Source.EXIF, Source.HTML), Credentials(state=CredentialState.VALID, is_generated=True), False),
    ],
)
def test_who_has_only_one_source_or_broken_credentials_agrees_with_nobody(
    app: Flask,
    visit: Callable[[User], FlaskClient],
    add_images: Add,
    reviewers: list[User],
    sources: tuple[Source, ...],
    credentials: Credentials | None,
    is_listed: bool,
) -> None:
    claims = tuple(Claim(source=source, latitude=48.0, longitude=2.0, accuracy_m=9) for source in sources)
    (image_id,) = add_images("one", claims=claims)
    with app.app_context():
        begin_write()
        keep_credentials(image_of(image_id).number, credentials)
        db.session.commit()
    assert (image_id in visit(reviewers[0]).get("/review/agreeing").text) is is_listed


def test_an_admin_asks_for_a_second_pair_of_eyes(
    app: Flask, visit: Callable[[User], FlaskClient], make_user: Callable[..., User], waiting: list[str]
) -> None:
    root = visit(make_user("root@example.org", Role.ADMIN))
    token = field(root.get("/albums/one/settings").text, "csrf_token")
    form = {"csrf_token": token, "needs_second": "1"}
    assert root.post("/albums/one/reviewing", data=form).status_code == 303
    page = root.get(f"/review/{waiting[0]}").text
    send(root, waiting[0], page, decision="approved")
    assert "as the first of two" in root.get(f"/review/{waiting[0]}").text
    assert waiting[0] not in root.get("/review?part=awaits_second").text.split("queue-row", 1)[-1]
    assert root.post("/albums/one/reviewing", data={"csrf_token": token}).status_code == 303


def test_bad_forms_are_refused_in_words(
    visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    bo, image_id = visit(reviewers[1]), waiting[0]
    page = bo.get(f"/review/{image_id}").text
    for fields in (
        {},
        {"decision": "maybe"},
        {"decision": "approved", "trusted": "ip"},
        {"decision": "approved", "trusted": "manual", "latitude": "91", "longitude": "0"},
        {"decision": "approved", "trusted": "manual", "latitude": "nan"},
        {"decision": "approved", "reason": "because"},
    ):
        assert send(bo, image_id, page, **fields).status_code == 422, fields
    assert bo.get("/review?part=all").status_code == 400
    assert bo.get("/review?after=x").status_code == 400


def test_members_and_strangers_find_no_queue(
    visit: Callable[[User], FlaskClient],
    waiting: list[str],
    make_user: Callable[..., User],
    make_album: Callable[..., Any],
) -> None:
    member, stranger = make_user("eve@example.org"), make_user("zoe@example.org", Role.REVIEWER)
    make_album("one", member)
    assert visit(member).get("/review").status_code == 404
    for person in (member, stranger):
        assert visit(person).get(f"/review/{waiting[0]}").status_code == 404
    assert waiting[0] not in visit(stranger).get("/review").text


def test_a_filter_keeps_the_part_of_the_queue(
    visit: Callable[[User], FlaskClient], reviewers: list[User], waiting: list[str]
) -> None:
    page = visit(reviewers[0]).get("/review?q=a&part=conflict").text
    assert '<input type="hidden" name="part" value="conflict">' in page
    assert 'class="clear" href="/review?part=conflict"' in page
