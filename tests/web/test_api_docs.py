"""The API explained to people."""

import re

from flask import Flask

from gallery.api.openapi import document
from gallery.present import api_codes, api_guide


def test_every_operation_schema_and_code_is_on_the_page(app: Flask) -> None:
    answer = app.test_client().get("/api/docs")
    assert answer.status_code == 200
    anchors = set(re.findall(r'id="([^"]+)"', answer.text))
    described = document(app)
    operations = {op["operationId"] for methods in described["paths"].values() for op in methods.values()}
    assert operations
    assert operations <= anchors
    assert {f"schema-{name}" for name in described["components"]["schemas"]} <= anchors
    assert {code.name for code in api_codes.codes()} <= anchors


def test_every_link_within_the_page_leads_somewhere(app: Flask) -> None:
    text = app.test_client().get("/api/docs").text
    anchors = re.findall(r'id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(anchors)


def test_examples_are_shown_as_they_are(app: Flask) -> None:
    guides = api_guide.guides()
    assert [example.language for example in guides[0].examples] == [
        "curl",
        "Python, httpx",
        "JavaScript, fetch",
    ]
    assert all(example.text for guide in guides for example in guide.examples)
