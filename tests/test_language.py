"""Pages speak the language that a person chose; programs hear what they always heard."""

import pickle
import re
import subprocess
import sys
from contextvars import copy_context
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from gallery import language
from gallery.models.share import ShareInvalid
from gallery.present import words


def test_the_choice_counts_before_the_browsers_wish_and_english_is_last(client: FlaskClient) -> None:
    def spoken(**headers: str) -> str:
        page = client.get("/sign-in", headers=headers)
        assert {"Cookie", "Accept-Language"} <= set(page.headers["Vary"].split(", "))
        return str(page.headers["Content-Language"])

    assert spoken() == spoken(accept_language="xx") == "en"
    assert spoken(accept_language="fr-CA, en;q=0.5") == "fr"
    back = client.get("/language/en", headers={"Referer": "http://localhost/shares?of=all"})
    assert back.headers["Location"] == "/shares?of=all"
    assert spoken(accept_language="fr") == "en"
    assert (
        client.get("/language/fr", headers={"Referer": "https://evil.example/x"}).headers["Location"] == "/"
    )
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


PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+")
OPEN_SPACE = re.compile(r"[^\N{NO-BREAK SPACE}] ?[;!?»](?!\w)| :|«(?!\N{NO-BREAK SPACE})|'")


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def test_every_sentence_is_said_in_every_language_with_the_same_values(tmp_path: Path) -> None:
    found = tmp_path / "messages.pot"
    config = language.FOLDER / "babel.cfg"
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        config,
        "-o",
        found,
        ".",
    ]
    subprocess.run([*command, "-k", "_", "-k", "later"], cwd=language.FOLDER.parents[1], check=True)
    with found.open("rb") as file:
        wanted = [message for message in read_po(file) if message.id]
    assert len(wanted) > 800
    assert language.LANGUAGES == ("en", "fr")
    with (language.FOLDER / "fr" / language.CATALOGUE).open("rb") as file:
        catalogue = read_po(file, locale="fr")
    said = {message.id: message.string for message in catalogue}
    assert [message.id for message in wanted if not all(forms(said.get(message.id, "")))] == []
    for message in wanted:
        for english, french in zip(forms(message.id), forms(said[message.id]), strict=True):
            assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(french))
            assert OPEN_SPACE.findall(re.sub(r"<[^>]*>|https?:\S+", "", french)) == [], french


def test_dates_and_numbers_are_written_as_the_language_writes_them() -> None:
    moment = datetime(2026, 3, 1, 9, 41, 7, tzinfo=UTC)
    context = copy_context()
    context.run(language.speak, "fr")
    assert context.run(words.instant, moment) == "1\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2026, 09:41:07"
    assert context.run(words.number, 12431.25, 1) == "12\N{NARROW NO-BREAK SPACE}431,2"
    assert context.run(words.file_size, 1_500_000) == "1,5\N{NO-BREAK SPACE}Mo"
    assert words.number(12431) == "12,431"


def test_a_refusal_with_numbers_in_it_speaks_the_persons_language() -> None:
    error = ShareInvalid("Choose 1 to %(most)s images.", most=1_000)
    assert str(error) == "Choose 1 to 1,000 images."
    context = copy_context()
    context.run(language.speak, "fr")
    assert context.run(error.said) == "Choisissez de 1 à 1\N{NARROW NO-BREAK SPACE}000 images."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # our own, as a child sends it
