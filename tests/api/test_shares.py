"""Programs make, list and revoke shares."""

from collections.abc import Callable

from flask.testing import FlaskClient

from gallery.models.image import Image
from tests.api.conftest import ALBUM, Program

PATH = "/api/v1/shares"
GIVEN = {"name": "For you", "precision": "1km", "album_id": ALBUM}


def test_a_program_makes_lists_and_revokes_a_share(
    program: Program, stranger: Program, client: FlaskClient, make_image: Callable[..., Image]
) -> None:
    image = make_image(album_id=ALBUM, tags=("a",))
    made = program.call("POST", PATH, json={**GIVEN, "filter": "tags=a&x=1", "password": "open sesame"})
    assert made.status_code == 201
    share = made.json
    assert share is not None
    assert (share["filter"], share["has_password"], share["view_count"]) == ("tags=a", True, 0)
    assert "open sesame" not in made.text
    chosen = {"name": "These", "precision": "none", "image_ids": [image.id, image.id]}
    ends = {"expires_at": "2999-01-01T00:00:00+02:00"}
    link = program.call("POST", PATH, json=chosen | ends).json["url"]  # type: ignore[index]
    path = link.partition("8000")[2]
    assert client.get(f"{path}/images.json").json["images"][0]["id"] == image.id  # type: ignore[index]
    listed = program.call("GET", PATH).json
    assert [one["name"] for one in listed] == ["These", "For you"]  # type: ignore[union-attr]
    assert stranger.call("GET", PATH).json == []
    mine = f"{PATH}/{path.split('/')[2].partition('.')[0]}"
    assert stranger.call("DELETE", mine).status_code == 404
    assert program.call("DELETE", mine).status_code == 204
    assert program.call("DELETE", mine).status_code == 404
    assert client.get(path).status_code == 404


def test_what_no_share_can_be_is_refused(
    program: Program, stranger: Program, make_image: Callable[..., Image]
) -> None:
    image = make_image(album_id=ALBUM)
    wrong: list[tuple[int, dict[str, object]]] = [
        (422, {"name": "\x00 "[1:]}),
        (422, {"precision": "5km"}),
        (422, {"album_id": None}),
        (422, {"image_ids": [image.id]}),
        (422, {"album_id": None, "image_ids": []}),
        (422, {"album_id": None, "image_ids": [image.id], "filter": "tags=a"}),
        (422, {"expires_at": "2020-01-01T00:00:00Z"}),
        (422, {"expires_at": "9999-12-31T23:59:59-14:00"}),
        (422, {"expires_at": "0001-01-01T00:00:00+14:00"}),
        (422, {"expires_at": "2999-01-01T00:00:00"}),
        (400, {"filter": "bbox=1"}),
        (400, {"filter": "tags=a\\"}),
        (401, {"album_id": "theirs\x00"}),
        (401, {"album_id": None, "image_ids": ["x"]}),
    ]
    for status, bad in wrong:
        assert program.call("POST", PATH, json=GIVEN | bad).status_code == status, bad
    assert stranger.call("POST", PATH, json=GIVEN).status_code == 401
    assert program.call("GET", PATH).json == []
