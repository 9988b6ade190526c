"""The API's description of itself."""

from flask import Flask

from gallery.api.openapi import document
from gallery.api.operation import operation_of
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


def test_every_route_of_the_api_is_described(app: Flask) -> None:
    silent = [
        f"{rule} {sorted(rule.methods or ())}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.endpoint not in ("api_docs.show", "unknown.any_address")
        if operation_of(app.view_functions[rule.endpoint]) is None
    ]
    assert silent == []


def test_every_call_that_creates_takes_a_key(app: Flask) -> None:
    without = {
        path
        for path, methods in document(app)["paths"].items()
        if "post" in methods
        and "Idempotency-Key" not in {each["name"] for each in methods["post"]["parameters"]}
    }
    assert without == {
        "/api/v1/image_syncs",
        "/api/v1/albums/{album_id}/uploads",
        "/api/v1/uploads/{upload_id}",
        "/api/v1/tokens",
        "/api/v1/webhooks",
    }


def test_no_two_operations_have_the_same_id(app: Flask) -> None:
    ids = [one["operationId"] for methods in document(app)["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))


def _references(value: object) -> list[str]:
    if isinstance(value, list):
        return [found for part in value for found in _references(part)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    return own + [found for part in value.values() for found in _references(part)]
