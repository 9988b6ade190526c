"""Albums are made and changed on pages."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gallery.models.image import Image
from gallery.models.user import Role, User
from tests.engines import both_engines

pytestmark = both_engines
Add = Callable[..., list[str]]


def send(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Send a form with the token of the client's pages."""
    token = client.get("/trash").text.split('name="csrf_token" value="')[1].split('"')[0]
    return client.post(path, data={"csrf_token": token, **fields})


def test_an_album_is_made_changed_put_away_and_deleted(visitor: FlaskClient) -> None:
    answer = send(visitor, "/albums/new", name="Weir", id="a/b", description="By the mill.")
    assert (answer.status_code, answer.location) == (303, "/albums/~YS9i")
    assert "By the mill." in visitor.get(answer.location).text
    settings = f"{answer.location}/settings"
    assert (
        send(visitor, settings, name="Old weir", id="weir", description="").location
        == "/albums/weir/settings"
    )
    assert 'href="/albums/weir"' in visitor.get("/").text
    send(visitor, "/albums/weir/archive", archived="1")
    assert 'href="/albums/weir"' not in visitor.get("/").text
    assert 'href="/albums/weir"' in visitor.get("/?archived=1").text
    send(visitor, "/albums/weir/archive")
    assert 'href="/albums/weir"' in visitor.get("/").text
    assert send(visitor, "/albums/weir/deletion").location == "/"
    assert visitor.get("/albums/weir").status_code == 404


def test_what_cannot_be_is_said_and_changes_nothing(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one")
    add_images("two")
    for path, fields, sentence in (
        ("/albums/new", {"name": " "}, "Give the album a name."),
        ("/albums/new", {"name": "x", "id": "one"}, "There is an album"),
        ("/albums/one/settings", {"name": "x", "id": "two"}, "There is an album"),
        ("/albums/one/members", {"email": "nobody@example.org"}, "Nobody here has"),
        ("/albums/one/deletion", {}, "The album has 1 images"),
        ("/albums/one/merging", {"target": "one"}, "cannot be merged with itself"),
    ):
        answer = send(visitor, path, **fields)
        assert answer.status_code in (409, 422), path
        assert sentence in answer.text
    assert send(visitor, "/albums/one/merging", target="nowhere").status_code == 404
    assert "Album one" in visitor.get("/albums/one").text


def test_albums_are_merged(visitor: FlaskClient, make_image: Callable[..., Image]) -> None:
    make_image(album_id="one")
    make_image(album_id="two")
    assert send(visitor, "/albums/one/merging", target="two").location == "/albums/two"
    page = visitor.get("/albums/two").text
    assert "<b>2</b> images" in page
    assert "“one” is part of this album now." in page
    assert visitor.get("/albums/one").status_code == 404


def test_people_are_admitted_and_dismissed(
    visitor: FlaskClient, add_images: Add, make_user: Callable[..., User]
) -> None:
    add_images("one")
    bob = make_user("bob@example.org", name="Bob")
    send(visitor, "/albums/one/members", email="Bob@example.org")
    assert "Bob is a member now." in visitor.get("/albums/one/settings").text
    send(visitor, f"/albums/one/members/{bob.id}/dismissal")
    page = visitor.get("/albums/one/settings").text
    assert "Bob is a member no longer." in page
    assert "Nobody yet." in page


def test_a_cover_stands_for_its_album(visitor: FlaskClient, make_image: Callable[..., Image]) -> None:
    images = [make_image(process=True) for _ in range(3)]
    assert visitor.get("/").text.count("/c_fit,f_auto,w_450/") == 3
    send(visitor, f"/images/{images[2].id}/cover")
    page = visitor.get("/").text
    assert page.count("/c_fit,f_auto,w_450/") == 1
    assert images[2].delivery_name in page
    send(visitor, f"/images/{images[2].id}/trash")
    assert images[2].delivery_name not in visitor.get("/").text


def test_members_arrange_but_do_not_manage(
    visitor: FlaskClient,
    make_image: Callable[..., Image],
    make_user: Callable[..., User],
    make_album: Any,
    sign_in: Callable[[User], FlaskClient],
) -> None:
    ids = [make_image().id for _ in range(3)]
    bob = make_user("bob@example.org")
    make_album("00100000123BB175", bob)
    client, album = sign_in(bob), "/albums/00100000123BB175"
    for path in ("settings", "archive", "members", "merging", "deletion"):
        assert send(client, f"{album}/{path}").status_code == 404
    assert client.get("/albums/new").status_code == 404
    for way, expected in (
        ("first", [2, 0, 1]),
        ("later", [0, 2, 1]),
        ("last", [0, 1, 2]),
        ("earlier", [0, 2, 1]),
    ):
        assert send(client, f"{album}/order", image=ids[2], way=way).status_code == 303
        page = client.get(f"{album}/order").text
        assert sorted(range(3), key=lambda nth: page.index(f"image-{ids[nth]}")) == expected, way
    assert send(client, f"{album}/order", image="x", way="first").status_code == 404
    assert visitor.get("/albums/new").status_code == 404, "the same browser, now Bob's"


def test_reviewers_make_albums_and_belong_to_them(
    sign_in: Callable[[User], FlaskClient], make_user: Callable[..., User]
) -> None:
    client = sign_in(make_user("rita@example.org", Role.REVIEWER))
    answer = send(client, "/albums/new", name="Mine")
    assert client.get(answer.location).status_code == 200


def test_the_page_sets_and_clears_the_place_and_says_why_it_does_not(visitor: FlaskClient) -> None:
    send(visitor, "/albums/new", name="Weir", id="weir")
    page = "/albums/weir/place"

    def save(**fields: str) -> Any:
        revision = visitor.get(page).text.split('name="revision" value="')[1].split('"')[0]
        return send(visitor, page, **{"revision": revision, **fields})

    circle = {"kind": "circle", "latitude": "59.3", "longitude": "18.1", "radius_m": "250"}
    assert save(**circle).status_code == 303
    assert 'value="59.3"' in visitor.get(page).text
    stale = save(**circle, revision="another")
    assert (stale.status_code, "has changed since" in stale.text) == (409, True)
    for fields, words in (
        (circle | {"latitude": "95"}, "from -90 to 90"),
        (circle | {"radius_m": "nan"}, "number of metres"),
        ({"kind": "polygon", "corners": "1 2\nhere"}, "The corner “here”"),
        ({"kind": "polygon", "corners": "1 2\n3 4"}, "three different corners"),
    ):
        refused = save(**fields)
        assert (refused.status_code, words in refused.text) == (422, True), words
    assert save(kind="polygon", corners="1 179\n1 -179\n-1, -179\n-1; 179").status_code == 303
    assert "1.0, 179.0" in visitor.get(page).text
    assert save(clear="1").status_code == 303
    assert "Expect no place" not in visitor.get(page).text
