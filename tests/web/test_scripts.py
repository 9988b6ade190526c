import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from gallery import language
from gallery.config import ROOT

MODULES = ROOT / "static" / "js"


def script_of(client: FlaskClient, page: str) -> str:
    (address,) = re.findall(r'<script type="module" src="(/assets/scripts\.js[^"]+)"', client.get(page).text)
    answer = client.get(unescape(address))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    return answer.text


def test_a_module_comes_after_those_that_it_imports(client: FlaskClient) -> None:
    for module in MODULES.rglob("*.js"):
        name = str(module.relative_to(MODULES).with_suffix(""))
        text = client.get("/assets/scripts.js", query_string={"of": name, "language": "en"}).text
        assert not re.search(r"^\s*(import|export)\b(?!\()", text, re.MULTILINE), name
        made: set[str] = set()
        for line in text.splitlines():
            if found := re.match(r"const \{.*\} = (\$[\w$]+);$", line):
                assert found[1] in made, (name, line)
            if found := re.match(r"const (\$[\w$]+) = \(\(\) => \{$", line):
                made.add(found[1])
        assert f"${name.replace('/', '$')}" in made


def test_scripts_speak_the_pages_language_and_bring_no_sentence_of_others(client: FlaskClient) -> None:
    assert "const sentences = {};" in script_of(client, "/sign-in")
    asked = {"of": "header selection", "language": "fr"}
    first = client.get("/assets/scripts.js", query_string=asked).text.splitlines()[0]
    sentences = json.loads(first.removeprefix("const sentences = ").removesuffix(";"))
    assert sentences == language.sentences("fr").of_scripts["selection"]


@pytest.mark.parametrize(
    "of", ["../../gallery/config", "/etc/passwd", "nothing", "map/", "words.js", "Words"]
)
def test_no_file_but_a_module_is_had_as_a_script(client: FlaskClient, of: str) -> None:
    assert client.get("/assets/scripts.js", query_string={"of": of, "language": "en"}).status_code == 404
    assert client.get("/assets/scripts.js?of=header&language=xx").status_code == 404
