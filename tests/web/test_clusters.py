from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from gallery.models.user import User

Add = Callable[..., list[str]]
ADDRESS = "/api/v1/clusters.geojson"


def test_an_album_is_drawn(visitor: FlaskClient, add_images: Add) -> None:
    (image_id,) = add_images("one", at=(48.85, 2.29))
    add_images("other", at=(48.85, 2.29))
    answer = visitor.get(f"{ADDRESS}?album=one&bbox=0,40,10,50&zoom=6")
    assert answer.mimetype == "application/geo+json"
    found = answer.get_json()
    assert (found["type"], found["total"], found["unplaced"]) == ("FeatureCollection", 1, 0)
    (feature,) = found["features"]
    assert feature["properties"]["url"] == f"/images/{image_id}"
    assert "c_fill,h_100,w_100" in feature["properties"]["thumbnail"]


def test_the_filters_box_is_called_within(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", at=(48.0, 2.0))
    add_images("one", at=(10.0, 2.0))
    found = visitor.get(f"{ADDRESS}?album=one&within=0,40,10,50&bbox=-180,-90,180,90&zoom=3").get_json()
    assert (found["total"], len(found["features"])) == (1, 1)


def test_tags_filter_the_map(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", at=(48.0, 2.0), tags=("a",))
    add_images("one", at=(10.0, 2.0))
    assert visitor.get(f"{ADDRESS}?tags=a").get_json()["total"] == 1


def test_without_an_album_it_is_what_the_person_may_see(
    sign_in: Callable[..., FlaskClient], make_user: Callable[..., User], add_images: Add
) -> None:
    add_images("secret", at=(1.0, 1.0))
    found = sign_in(make_user()).get(ADDRESS).get_json()
    assert (found["total"], found["unplaced"], found["features"]) == (0, 0, [])


@pytest.mark.parametrize("query", ["bbox=1,2,3", "zoom=x", "zoom=25", "zoom=-1", "tags=a%5C", "within=9"])
def test_a_malformed_parameter_is_refused_in_words(visitor: FlaskClient, query: str) -> None:
    answer = visitor.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["detail"].endswith(".")


def test_somebody_signed_out_gets_401_as_json(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert (answer.status_code, bool(answer.get_json()["detail"])) == (401, True)


def test_another_persons_album_is_404(
    sign_in: Callable[..., FlaskClient], make_user: Callable[..., User], add_images: Add
) -> None:
    add_images("secret")
    browser = sign_in(make_user())
    answers = [browser.get(f"{ADDRESS}?album={album_id}") for album_id in ("secret", "nothing")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].get_json() == answers[1].get_json()
