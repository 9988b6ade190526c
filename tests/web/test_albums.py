import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from gallery.models.album import Album
from gallery.models.user import User
from tests.engines import both_engines

pytestmark = both_engines

Add = Callable[..., list[str]]


def tiles(page: str) -> list[str]:
    return re.findall(r'<li class="tile [^>]*>\s*<a href="/images/([0-9a-f-]{36})', page)


def test_an_album_shows_what_it_holds(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", 2, at=(1.0, 1.0), taken_at=datetime(2026, 3, 3, tzinfo=UTC))
    add_images("one", 1, taken_at=datetime(2026, 3, 9, tzinfo=UTC))
    page = visitor.get("/").text
    assert "Album one" in page
    assert "3 images" in page
    assert "3–9\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026" in page
    assert page.count("c_fit,f_auto,w_300") == 3


def test_only_albums_that_the_person_may_see_are_listed(
    sign_in: Callable[..., FlaskClient],
    make_user: Callable[..., User],
    make_album: Callable[..., Album],
    add_images: Add,
) -> None:
    ann = make_user()
    make_album("hers", ann)
    add_images("secret", 1, tags=("hidden word",))
    browser = sign_in(ann)
    page = browser.get("/").text
    assert "hers" in page
    assert "secret" not in page
    assert "hidden word" not in browser.get("/images").text


def test_without_albums_the_page_says_how_to_import(visitor: FlaskClient) -> None:
    assert "flask import" in visitor.get("/").text


def test_another_persons_album_answers_like_one_that_does_not_exist(
    sign_in: Callable[..., FlaskClient], make_user: Callable[..., User], add_images: Add
) -> None:
    (image_id,) = add_images("secret")
    browser = sign_in(make_user())
    pairs = [
        ("/albums/secret", "/albums/nothing"),
        ("/albums/secret/map", "/albums/nothing/map"),
        (f"/images/{image_id}", "/images/00000000-0000-4000-8000-000000000000"),
    ]
    for there, nowhere in pairs:
        answers = [browser.get(there), browser.get(nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404]
        texts = [re.sub(r'(nonce|value)="[^"]+"', "", answer.text) for answer in answers]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("album_id", ["a/b", "a/map", "..", "~x", "ü ß?#%", "عربي", "x" * 300])
def test_any_album_id_has_a_page(visitor: FlaskClient, add_images: Add, album_id: str) -> None:
    add_images(album_id)
    links = re.findall(r'class="card-link" href="([^"]+)"', visitor.get("/").text)
    assert len(links) == 1
    assert visitor.get(links[0]).status_code == 200


@pytest.mark.slow
def test_pages_hold_every_image_once(visitor: FlaskClient, add_images: Add) -> None:
    ids = add_images("one", 450)
    add_images("other", 3)
    found, address = [], "/albums/one"
    for _ in range(3):
        page = visitor.get(address).text
        found += tiles(page)
        more = re.search(r'<a class="button" href="([^"]+)" rel="next"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert address == ""
    assert found == ids


def test_paging_keeps_the_filter(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", 201, tags=("a,b",))
    add_images("one", 5)
    page = visitor.get("/albums/one?tags=a%5C,b").text
    more = re.search(r'rel="next" data-hx-get="([^"]+)"', page)
    assert more
    assert len(tiles(visitor.get(more[1].replace("&amp;", "&")).text)) == 1


def test_a_forged_cursor_is_refused_in_words(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one")
    answer = visitor.get("/albums/one?after=WzEsMl0.abc")
    assert answer.status_code == 400
    assert "not from this gallery" in answer.text


def test_a_malformed_filter_is_refused_in_words(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one")
    answer = visitor.get("/albums/one?bbox=1,2")
    assert answer.status_code == 400
    assert "four numbers" in answer.text


def test_an_image_that_is_not_ready_says_so(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", processed=False)
    add_images("one", processed=False, processing_error="The file is <cut> short.")
    page = visitor.get("/albums/one").text
    assert "Being processed" in page
    assert "The file is &lt;cut&gt; short." in page
    assert "<img" not in page


def test_an_album_without_images_and_a_filter_that_leaves_none_say_what_to_do(
    visitor: FlaskClient, make_album: Callable[..., Album], add_images: Add
) -> None:
    make_album("bare")
    add_images("one", tags=("a",))
    assert "flask import" in visitor.get("/albums/bare").text
    assert "Clear the filter" in visitor.get("/albums/one?not=a").text


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{ 7 * 7 }}", '" onmouseover="x', "a,b\\c", "\u202ertl"]
)
def test_a_hostile_tag_is_only_a_word(visitor: FlaskClient, add_images: Add, name: str) -> None:
    (image_id,) = add_images("one", tags=(name,))
    page = visitor.get("/albums/one").text
    assert "<script>alert" not in page
    assert ">49<" not in page
    assert 'onmouseover="x' not in page
    chip = re.search(r'class="chip chip--off" href="([^"]+)"', page)
    assert chip
    assert tiles(visitor.get(chip[1]).text) == [image_id]


def test_a_grid_can_be_cut_to_a_part_of_the_map(visitor: FlaskClient, add_images: Add) -> None:
    (near,) = add_images("one", at=(1.0, 179.5))
    add_images("one", at=(1.0, 0.0))
    add_images("one")
    assert tiles(visitor.get("/albums/one?bbox=179,0,-179,2").text) == [near]


def test_no_page_carries_a_style_or_script_of_its_own(visitor: FlaskClient, add_images: Add) -> None:
    (image_id,) = add_images("one", tags=("a",))
    for path in ("/", "/albums/one?tags=a", "/images", f"/images/{image_id}", "/nowhere"):
        page = visitor.get(path).text
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), path
        assert not re.search(r"<style(?! nonce=)", page), path


def test_tiles_that_are_kept_are_those_of_the_language_and_filter(
    visitor: FlaskClient, add_images: Add
) -> None:
    (image_id,) = add_images("one", 1, at=(1.0, 1.0), tags=("roof",))
    english = visitor.get("/albums/one", headers={"Accept-Language": "en"}).text
    french = visitor.get("/albums/one", headers={"Accept-Language": "fr"}).text
    assert ", has a position" in english
    assert ", has a position" not in french
    assert f'href="/images/{image_id}"' in english
    assert f'href="/images/{image_id}?tags=roof"' in visitor.get("/albums/one?tags=roof").text
