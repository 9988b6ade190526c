import re

from flask.testing import FlaskClient


def test_a_versioned_asset_is_kept_for_a_year(client: FlaskClient) -> None:
    found = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]{12})"', client.get("/sign-in").text)
    assert found
    answer = client.get(found[1])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer.close()


def test_an_asset_without_version_is_asked_for_again(client: FlaskClient) -> None:
    answer = client.get("/static/css/base.css")
    assert answer.headers["Cache-Control"] == "no-cache"
    answer.close()


def test_every_asset_that_a_page_names_is_there(client: FlaskClient) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/sign-in").text)
    assert len(named) > 10
    for address in named:
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        answer.close()
