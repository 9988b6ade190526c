from collections.abc import Callable

from flask.testing import FlaskClient

Add = Callable[..., list[str]]


def test_the_map_of_an_album_asks_for_its_images_under_the_filter(
    visitor: FlaskClient, add_images: Add
) -> None:
    add_images("a/b & c", tags=("x",))
    page = visitor.get("/albums/~YS9iICYgYw/map?tags=x&bbox=170,-10,-170,10").text
    clusters = "/api/v1/clusters.geojson?album=a%2Fb+%26+c&amp;tags=x&amp;within=170,-10,-170,10"
    assert f'data-clusters-url="{clusters}"' in page
    assert 'data-grid-url="/albums/~YS9iICYgYw?tags=x&amp;bbox=170,-10,-170,10"' in page


def test_the_map_of_all_albums_has_their_tags(visitor: FlaskClient, add_images: Add) -> None:
    add_images("one", tags=("x",))
    add_images("two", tags=("x",))
    page = visitor.get("/map").text
    assert 'data-clusters-url="/api/v1/clusters.geojson"' in page
    assert 'href="/map?tags=x"' in page
    assert '<span class="chip-count">2</span>' in page


def test_a_map_page_carries_no_word_of_a_person_to_folium(visitor: FlaskClient, add_images: Add) -> None:
    add_images("{{ 7 * 7 }}", tags=("{{ 8 * 8 }}",), at=(1.0, 1.0))
    page = visitor.get("/albums/{{ 7 * 7 }}/map").text
    assert "{{ 7 * 7 }}" in page
    assert ">64<" not in page
