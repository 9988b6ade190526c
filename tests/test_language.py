"""Pages speak the language that a person chose; programs hear what they always heard."""

from flask.testing import FlaskClient

from gallery import language


def test_the_choice_counts_before_the_browsers_wish_and_english_is_last(client: FlaskClient) -> None:
    def spoken(**headers: str) -> str:
        page = client.get("/sign-in", headers=headers)
        assert {"Cookie", "Accept-Language"} <= set(page.headers["Vary"].split(", "))
        return str(page.headers["Content-Language"])

    assert spoken() == spoken(accept_language="xx") == "en"
    assert spoken(accept_language="fr-CA, en;q=0.5") == "fr"
    assert client.get("/language/en?next=/shares").headers["Location"] == "/shares"
    assert spoken(accept_language="fr") == "en"
    assert client.get("/language/fr?next=//evil.example").headers["Location"] == "/"
    page = client.get("/sign-in")
    assert '<html lang="fr" dir="ltr"' in page.text


def test_the_language_ends_with_its_request(client: FlaskClient) -> None:
    client.get("/sign-in", headers={"Accept-Language": "fr"})
    assert language.spoken() == "en"


def test_a_program_hears_english_whatever_it_says(client: FlaskClient) -> None:
    wishes = {"Accept-Language": "fr", "Cookie": "language=fr"}
    plain, french = (client.get("/api/v1/images/1", headers=headers) for headers in ({}, wishes))
    assert plain.data == french.data
    assert "Content-Language" not in french.headers
