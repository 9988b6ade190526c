"""The API's description of itself."""

from flask import Flask

from gallery.api.openapi import document
from tests.api.conftest import Program


def test_the_description_is_open_to_everybody_and_is_openapi_3_1(app: Flask, program: Program) -> None:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json["openapi"] == "3.1.0"
    assert "get" in answer.json["paths"]["/api/v1/albums/{album_id}"]


def test_every_reference_of_the_description_leads_somewhere(app: Flask) -> None:
    described = document(app)
    named = set(_references(described))
    assert named
    assert named <= {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}


def _references(value: object) -> list[str]:
    if isinstance(value, list):
        return [found for part in value for found in _references(part)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    return own + [found for part in value.values() for found in _references(part)]
