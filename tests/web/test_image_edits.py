"""An image is changed on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gallery.models.image import Image
from gallery.models.user import User, find_by_email
from tests.engines import both_engines

pytestmark = both_engines


@pytest.fixture
def image(make_image: Callable[..., Image], make_user: Callable[..., User], make_album: Any) -> Image:
    """Of 60 x 40 pixels, in an album of which Ann is a member."""
    made = make_image(process=True, tags=("steel",), title="A beam")
    make_album("00100000123BB175", make_user())
    return made


@pytest.fixture
def ann(image: Image, sign_in: Callable[..., FlaskClient], app: Any) -> FlaskClient:  # she must be there
    """Her browser."""
    with app.app_context():
        user = find_by_email("ann@example.org")
        assert user is not None
        return sign_in(user)


def revision(page: str) -> str:
    """What the page's form says that it was made of."""
    return page.split('name="revision" value="')[1].split('"', maxsplit=1)[0]


def post(client: FlaskClient, image: Image, what: str, **fields: str) -> TestResponse:
    """Send a form of the page as it is now."""
    page = client.get(f"/images/{image.id}").text
    return send(client, f"/images/{image.id}/{what}", revision=revision(page), **fields)


def send(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """Send a form with the token of the client's pages."""
    token = client.get("/trash").text.split('name="csrf_token" value="')[1].split('"')[0]
    return client.post(path, data={"csrf_token": token, **fields})


def test_words_are_set_and_tags_are_these_and_no_others(ann: FlaskClient, image: Image) -> None:
    answer = post(ann, image, "words", title="Beam 7", description="Bent.", tags=r"a\, b, rust ,, rust")
    assert answer.status_code == 303
    page = ann.get(answer.location).text
    assert "Beam 7" in page
    assert "Bent." in page
    assert r'value="a\, b, rust"' in page
    assert "steel" not in page


def test_who_edits_what_has_changed_meanwhile_is_told(ann: FlaskClient, image: Image) -> None:
    seen = revision(ann.get(f"/images/{image.id}").text)
    assert post(ann, image, "words", title="First", tags="").status_code == 303
    answer = send(ann, f"/images/{image.id}/words", revision=seen, title="Second", tags="")
    assert answer.status_code == 412
    assert "has changed since" in answer.text
    assert "First" in ann.get(f"/images/{image.id}").text


@pytest.mark.parametrize(
    ("what", "fields", "status"),
    [
        ("words", {"tags": "a\\b"}, 422),
        ("words", {"title": "\x00\ud800x", "tags": ""}, 303),
        ("crop", {"x": "0", "y": "0", "w": "9999", "h": "5"}, 422),
        ("crop", {"x": "nan", "y": "0", "w": "5", "h": "5"}, 422),
        ("crop", {"x": "many"}, 422),
        ("rotation", {"turn": "round"}, 303),
    ],
)
def test_hostile_values_are_answered(
    ann: FlaskClient, image: Image, what: str, fields: dict[str, Any], status: int
) -> None:
    encoded = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    assert post(ann, image, what, **encoded).status_code == status


def test_a_crop_around_everything_is_none(ann: FlaskClient, image: Image) -> None:
    width, height = str(image.original_width_px), str(image.original_height_px)
    assert post(ann, image, "crop", x="5", y="5", w="10", h="10").status_code == 303
    assert "c_crop,h_10,w_10,x_5,y_5" in ann.get(f"/images/{image.id}").text
    assert post(ann, image, "crop", x="0", y="0", w=width, h=height).status_code == 303
    assert "c_crop" not in ann.get(f"/images/{image.id}").text


def test_quarter_turns_add_up_to_none(ann: FlaskClient, image: Image) -> None:
    for expected in (270, 180, 90, 0):
        assert post(ann, image, "rotation", turn="left").status_code == 303
        assert (f"/a_{expected}/" in ann.get(f"/images/{image.id}").text) == (expected > 0)


def test_the_trash_shows_what_was_deleted_and_gives_it_back(ann: FlaskClient, image: Image) -> None:
    answer = post(ann, image, "trash")
    assert answer.location == "/albums/00100000123BB175"
    page = ann.get(answer.location).text
    assert f'action="/trash/{image.id}/restoration?show=1"' in page
    assert ann.get(f"/images/{image.id}").status_code == 404
    assert "A beam" in ann.get("/trash").text
    picture = ann.get(f"/trash/{image.id}/picture.jpg")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/jpeg", "private, no-cache")
    assert send(ann, f"/trash/{image.id}/deletion").status_code == 404, "for admins"
    assert send(ann, f"/trash/{image.id}/restoration?show=1").location == f"/images/{image.id}"
    assert ann.get(f"/images/{image.id}").status_code == 200
    assert "The trash is empty" in ann.get("/trash").text


def test_a_stranger_changes_and_sees_nothing(
    ann: FlaskClient,
    image: Image,
    sign_in: Callable[..., FlaskClient],
    make_user: Callable[..., User],
) -> None:
    post(ann, image, "trash")
    bob = sign_in(make_user("bob@example.org"))
    assert "trash-row" not in bob.get("/trash").text
    assert bob.get(f"/trash/{image.id}/picture.jpg").status_code == 404
    assert send(bob, f"/trash/{image.id}/restoration").status_code == 404


def test_a_stranger_finds_no_form(
    image: Image, sign_in: Callable[..., FlaskClient], make_user: Callable[..., User]
) -> None:
    bob = sign_in(make_user("bob@example.org"))
    for what in ("words", "rotation", "crop", "trash"):
        assert send(bob, f"/images/{image.id}/{what}").status_code == 404
