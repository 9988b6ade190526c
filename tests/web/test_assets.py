import re
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient


def test_a_versioned_asset_is_kept_for_a_year(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    for pattern in (r"/static/icons/mark\.svg\?v=[0-9a-f]{12}", r"/assets/styles\.css\?v=[0-9a-f]{12}"):
        found = re.search(f'"({pattern})"', page)
        assert found
        answer = client.get(found[1])
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        answer.close()


def test_an_asset_without_version_is_asked_for_again(client: FlaskClient) -> None:
    answer = client.get("/static/css/base.css")
    assert answer.headers["Cache-Control"] == "no-cache"
    answer.close()


def test_every_asset_that_a_page_names_is_there(
    visitor: FlaskClient, add_images: Callable[..., list[str]]
) -> None:
    add_images("one")
    client = visitor
    named = re.findall(r'"(/(?:static|assets)/[^"#]+)"', unescape(client.get("/albums/one").text))
    assert len(named) > 6
    for address in named:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        answer.close()
