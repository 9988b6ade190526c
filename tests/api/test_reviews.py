"""Programs read the queue, decide and undo."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from gallery.config import Settings
from gallery.models import token
from gallery.models.image import Image
from gallery.models.user import Role, User
from tests.api.conftest import ALBUM, Program
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

pytestmark = both_engines
REVIEWS = "/api/v1/reviews"


@pytest.fixture
def reviewer(app: Flask, settings: Settings, make_user: Callable[..., User], make_album: Any) -> Program:
    """A reviewer's, who is a member of the album."""
    user = make_user("rita@example.org", Role.REVIEWER)
    make_album(ALBUM, user)
    return Program(app, token.issue(user, settings))


@pytest.fixture
def image(make_image: Callable[..., Image]) -> Image:
    """With the browser's claim."""
    return make_image(location={"latitude": 48.5, "longitude": 2.5, "accuracy": 9.0}, process=True)


def test_a_verdict_by_the_api_is_seen_in_queue_and_record_and_undone(
    reviewer: Program, program: Program, image: Image, make_image: Callable[..., Image]
) -> None:
    other = make_image(process=True)
    first = reviewer.call("GET", f"{REVIEWS}?limit=1")
    assert [row["image_id"] for row in first.json] == [image.id]
    rest = reviewer.call("GET", first.headers["Link"].split(">")[0].split("8000")[1])
    assert [row["image_id"] for row in rest.json] == [other.id]
    etag = reviewer.call("GET", f"{REVIEWS}/{image.id}").headers["ETag"]
    given = {
        "ids": [image.id],
        "decision": "approved",
        "trusted": "manual",
        "place": [10, 20],
        "reasons": ["place_recognised"],
    }
    answer = reviewer.call("POST", REVIEWS, json=given, headers={"If-Match": etag})
    assert (answer.status_code, answer.json[0]["outcome"], answer.json[0]["place"]) == (
        201,
        "approved",
        [10, 20],
    )
    assert reviewer.call("POST", REVIEWS, json=given, headers={"If-Match": etag}).status_code == 412
    assert program.call("GET", f"/api/v1/images/{image.id}").json["gps"] == [10, 20]
    assert [row["image_id"] for row in reviewer.call("GET", f"{REVIEWS}?part=decided").json] == [image.id]
    undone = reviewer.call("DELETE", f"{REVIEWS}/{image.id}")
    assert (undone.json["review"], undone.json["gps"], undone.json["verdict"]) == (
        "unreviewed",
        [48.5, 2.5],
        None,
    )
    assert undone.json["verdicts"][0]["undone_by_name"] == "rita"
    assert reviewer.call("DELETE", f"{REVIEWS}/{image.id}").status_code == 409


def test_many_are_decided_all_or_none_and_once_for_one_key(
    reviewer: Program, image: Image, make_image: Callable[..., Image]
) -> None:
    ids = [image.id, make_image(process=True).id]
    answer = reviewer.call("POST", REVIEWS, json={"ids": ids, "decision": "approved", "trusted": "html"})
    assert answer.status_code == 422, "the second has no such claim"
    assert len(reviewer.call("GET", f"{REVIEWS}?part=unreviewed").json) == 2
    for _ in range(2):
        answer = reviewer.call(
            "POST", REVIEWS, json={"ids": ids, "decision": "rejected"}, headers={"Idempotency-Key": "k"}
        )
        assert [row["image_id"] for row in answer.json] == ids
    assert len(reviewer.call("GET", f"{REVIEWS}/{image.id}").json["verdicts"]) == 1


def test_only_reviewers_decide_and_never_about_their_own(
    reviewer: Program, program: Program, stranger: Program, image: Image
) -> None:
    own = reviewer.upload(drawn_jpeg((1, 2, 3))).json[0]["id"]
    for caller, image_id in ((program, image.id), (stranger, image.id), (reviewer, own)):
        given = {"ids": [image_id], "decision": "approved"}
        assert caller.call("POST", REVIEWS, json=given).status_code == 401
    for caller in (program, stranger):
        assert caller.call("GET", REVIEWS).status_code == 401
        assert caller.call("DELETE", f"{REVIEWS}/{image.id}").status_code == 401
    assert program.call("GET", f"{REVIEWS}/{image.id}").status_code == 200, "members may read it"
