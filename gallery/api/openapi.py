"""`/api/v1/openapi.json`: the API described by the code that answers it (OpenAPI 3.1)."""

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app
from werkzeug.routing import Rule

from gallery.api.answer import answer
from gallery.api.credential import scope_of
from gallery.api.errors import MEDIA_TYPE, Problem
from gallery.api.idempotency import KEY, KEY_REFUSALS
from gallery.api.operation import Operation, operation, operation_of

blueprint = Blueprint("openapi", __name__, url_prefix="/api/v1/openapi.json")
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_REF = "#/components/schemas/{name}"
_KEY_SENTENCE = (
    "Of your choice, new for each thing to be done. A call made again with it within 24 hours does nothing "
    "and gets the first answer again, with `Idempotency-Replayed: true`."
)
_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "session": {"type": "apiKey", "in": "cookie", "name": "gallery_session"},
}
_EMPTY_401 = "No token, a bad or expired one, or no right to the thing asked for. The body is empty."


@blueprint.get("")
@operation("This description", answers={200: dict[str, Any]}, is_public=True)
def show() -> Response:
    """The whole API as an OpenAPI 3.1 document."""
    return answer(document(current_app))


def document(app: Flask) -> dict[str, Any]:
    """The description of every operation that the app's routes have."""
    described = list(_operations(app))
    types = _types([found for _, _, found, _ in described])
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    schema_of = {str(kind): schema for kind, schema in zip(types, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    views: Counter[Any] = Counter()
    for path, method, found, view in described:
        one = paths.setdefault(path, {})[method] = _operation(path, method, found, view, schema_of)
        views[view, method] += 1
        if views[view, method] > 1:  # of several addresses that one view answers
            one["operationId"] += f"_{views[view, method]}"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Evident",
            "version": "1",
            "description": "Photographs that have to be believed: their records, to the byte.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": components,
            "securitySchemes": _SCHEMES,
        },
    }


def _operations(app: Flask) -> Iterator[tuple[str, str, Operation, Any]]:
    """(path, method, operation, view) of every described route."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        found = operation_of(view)
        if found is not None:
            for method in _methods(rule):
                yield _PLACE.sub(r"{\1}", rule.rule), method, found, view


def _methods(rule: Rule) -> list[str]:
    methods = set(rule.methods or ())
    if "GET" in methods:
        methods.discard("HEAD")  # answered by the view of GET
    if methods != {"OPTIONS"}:
        methods.discard("OPTIONS")  # Flask's own
    return sorted(method.lower() for method in methods)


def _types(operations: list[Operation]) -> list[Any]:
    """Every type that a body or an answer has, each once."""
    found: dict[str, Any] = {str(Problem): Problem}
    for operation_ in operations:
        for kind in (operation_.body, *operation_.answers.values()):
            if kind is not None:
                found[str(kind)] = kind
    return list(found.values())


def _operation(
    path: str,
    method: str,
    operation_: Operation,
    view: Any,
    schema_of: dict[str, Any],
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": f"{view.__module__.rpartition('.')[2]}_{view.__name__}_{method}",
        "tags": [view.__module__.rpartition(".")[2]],
        "summary": operation_.summary,
        "description": inspect.getdoc(view) or "",
        "parameters": [*_places(path), *_query(operation_), *_headers(operation_, method)],
        "responses": _responses(operation_, method, schema_of),
    }
    if operation_.is_of_session:
        described["security"] = [{"session": []}]
    elif operation_.is_public:
        described["security"] = []
    else:
        described["security"] = [{"token": [scope_of(view, method).value]}]
    if operation_.body is not None:
        content = {media: {"schema": schema_of[str(operation_.body)]} for media in operation_.body_media}
        described["requestBody"] = {"required": operation_.body_required, "content": content}
    return described


def _places(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query(operation_: Operation) -> list[dict[str, Any]]:
    if operation_.query is None:
        return []
    schema = msgspec.json.schema(operation_.query)["$defs"][operation_.query.__name__]
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": part}
        for name, part in schema["properties"].items()
    ]


def _takes_key(operation_: Operation, method: str) -> bool:
    return method == "post" and operation_.is_replayable and not operation_.is_public


def _headers(operation_: Operation, method: str) -> list[dict[str, Any]]:
    of_all = {KEY: _KEY_SENTENCE} if _takes_key(operation_, method) else {}
    return [
        {
            "name": name,
            "in": "header",
            "required": False,
            "description": sentence,
            "schema": {"type": "string"},
        }
        for name, sentence in (*operation_.headers.items(), *of_all.items())
    ]


def _responses(operation_: Operation, method: str, schema_of: dict[str, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, kind in operation_.answers.items():
        responses[str(status)] = {"description": HTTPStatus(status).phrase}
        if kind is not None:
            media = {name: {"schema": schema_of[str(kind)]} for name in operation_.answer_media}
            responses[str(status)]["content"] = media
    if not operation_.is_public and not operation_.is_of_session:
        responses["401"] = {"description": _EMPTY_401}
    problem = {MEDIA_TYPE: {"schema": schema_of[str(Problem)]}}
    for status, codes in _refusals(operation_, method).items():
        responses.setdefault(str(status), {"description": ", ".join(codes), "content": problem})
    responses["default"] = {"description": "A problem: see its `code`.", "content": problem}
    return responses


def _refusals(operation_: Operation, method: str) -> dict[int, list[str]]:
    by_status: dict[int, list[str]] = {}
    of_all = KEY_REFUSALS if _takes_key(operation_, method) else ()
    for refusal in (*operation_.refusals, *of_all):
        by_status.setdefault(refusal.status, []).append(f"`{refusal.code}`")
    return dict(sorted(by_status.items()))
