import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from gallery.models.claim import Claim, Source
from gallery.models.image import Image
from tests.drawing import drawn_animation
from tests.engines import both_engines

pytestmark = both_engines

Add = Callable[..., list[str]]


def neighbours(page: str) -> tuple[str | None, str | None]:
    found = (
        re.search(rf'class="paging-{name}" href="/images/([0-9a-f-]+)', page) for name in ("previous", "next")
    )
    before, after = (match[1] if match else None for match in found)
    return before, after


def test_neighbours_stand_as_in_the_album(visitor: FlaskClient, add_images: Add) -> None:
    first, second, third = add_images("one", 3)
    add_images("other")
    assert neighbours(visitor.get(f"/images/{first}").text) == (None, second)
    assert neighbours(visitor.get(f"/images/{second}").text) == (first, third)
    assert neighbours(visitor.get(f"/images/{third}").text) == (second, None)


def test_neighbours_pass_the_filter_and_keep_it(visitor: FlaskClient, add_images: Add) -> None:
    (first,) = add_images("one", tags=("a",))
    add_images("one")
    (last,) = add_images("one", tags=("a",))
    page = visitor.get(f"/images/{first}?tags=a").text
    assert neighbours(page) == (None, last)
    assert f'href="/images/{last}?tags=a"' in page
    assert 'class="paging-close" href="/albums/one?tags=a"' in page


def test_neighbours_among_all_images_leave_the_album(visitor: FlaskClient, add_images: Add) -> None:
    (here,), (there,) = add_images("one"), add_images("other")
    page = visitor.get(f"/images/{here}?among=all").text
    assert neighbours(page) == (None, there)
    assert 'class="paging-close" href="/images"' in page


def test_claims_stand_side_by_side(visitor: FlaskClient, add_images: Add) -> None:
    claims = (
        Claim(source=Source.EXIF, latitude=59.30843, longitude=18.07512, accuracy_m=4.7),
        Claim(source=Source.HTML, latitude=59.3312, longitude=18.0111, accuracy_m=None),
        Claim(source=Source.IP, latitude=57.7, longitude=11.97, accuracy_m=50_000),
    )
    (image_id,) = add_images("one", claims=claims, at=(59.30843, 18.07512))
    page = visitor.get(f"/images/{image_id}").text
    for words in ("EXIF in the file", "Browser at upload", "IP address", "not given", "seldom a town", "4.4"):
        assert words in page
    assert page.count('class="badge"') == 1
    assert page.count("doubt--conflict") == 1
    assert "The file and the browser are 4.4\N{NO-BREAK SPACE}km apart" in page
    assert "The browser does not say how exact its position is" in page
    assert "/albums/one/map#map=16/59.308430/18.075120" in page


def test_without_claims_the_page_says_so(visitor: FlaskClient, add_images: Add) -> None:
    (image_id,) = add_images("one")
    page = visitor.get(f"/images/{image_id}").text
    assert "No position is claimed" in page
    assert "/map#map=" not in page


def test_a_long_value_is_folded_away(visitor: FlaskClient, add_images: Add) -> None:
    (image_id,) = add_images(
        "one", exifs={"UserComment": "x" * 10_000, "Make": "<b>", "GPSLatitude": [1, 2, 3]}
    )
    page = visitor.get(f"/images/{image_id}").text
    assert "10,000 characters" in page
    assert "&lt;b&gt;" in page
    assert "[1, 2, 3]" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"processed": False}, "Being processed"),
        ({"processed": False, "processing_error": "Cut short."}, "Cut short."),
    ],
)
def test_an_image_that_is_not_ready_has_a_page(
    visitor: FlaskClient, add_images: Add, more: dict[str, object], words: str
) -> None:
    (image_id,) = add_images("one", **more)
    answer = visitor.get(f"/images/{image_id}")
    assert answer.status_code == 200
    assert words in answer.text
    assert "<img" not in answer.text


def test_a_tag_leads_to_the_album_filtered_by_it(visitor: FlaskClient, add_images: Add) -> None:
    (image_id,) = add_images("one", tags=("a,b & c",))
    link = re.search(r'class="chip" href="([^"]+)"', visitor.get(f"/images/{image_id}").text)
    assert link
    assert image_id in visitor.get(link[1].replace("&amp;", "&")).text


def test_an_animation_says_so_and_a_still_picture_does_not(
    visitor: FlaskClient, make_image: Callable[..., Image]
) -> None:
    still = make_image(album_id="one", process=True)
    assert "an animation" not in visitor.get("/albums/one").text
    assert "Animation" not in visitor.get(f"/images/{still.id}").text
    moving = make_image(drawn_animation(3), album_id="one", process=True)
    assert moving.infos["frames"] == 3
    assert visitor.get("/albums/one").text.count(", an animation") == 1
    assert "3 frames" in visitor.get(f"/images/{moving.id}").text
