"""The API's description, arranged for people who read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gallery.config import ROOT
from gallery.present.api_kind import Kind, described, kind_of

EXAMPLES = ROOT / "docs" / "examples"
_GUIDES = (
    ("first-sync", "First sync", "Every record that the token may see."),
    ("follow-changes", "Following changes", "What came, changed or went since the last time."),
    ("upload-with-location", "Upload with a location", "A file, with where the device said it was."),
)
_LANGUAGES = ((".sh", "curl"), (".py", "Python, httpx"), (".mjs", "JavaScript, fetch"))
_METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


@dataclass(frozen=True, slots=True)
class Example:
    """One way to do it, in one language, as a program that runs."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A task that integrators have, and its examples."""

    name: str
    title: str
    lead: str
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a key of an object."""

    name: str
    kind: Kind
    place: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back with one status."""

    status: str
    description: str
    kind: Kind | None
    """None: the body is empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    is_public: bool
    parameters: list[Field]
    body: Kind | None
    body_media: list[str]
    answers: list[Answer]


def guides() -> list[Guide]:
    """The tasks, with the very programs that the tests run."""
    return [
        Guide(
            name,
            title,
            lead,
            [Example(language, _program(EXAMPLES / f"{name}{suffix}")) for suffix, language in _LANGUAGES],
        )
        for name, title, lead in _GUIDES
    ]


def entries(document: Mapping[str, Any]) -> dict[str, list[Entry]]:
    """By resource its operations, in the order of their addresses."""
    found: dict[str, list[Entry]] = {}
    for path, methods in document["paths"].items():
        for method in sorted(methods, key=_METHODS.index):
            operation = methods[method]
            found.setdefault(operation["tags"][0], []).append(_entry(path, method, operation))
    return dict(sorted(found.items()))


def schemas(document: Mapping[str, Any]) -> dict[str, tuple[str, list[Field]]]:
    """By name what a schema is, and its keys."""
    return {
        name: (schema.get("description", ""), list(_keys(schema)))
        for name, schema in document["components"]["schemas"].items()
    }


def _program(path: Path) -> str:
    return path.read_text().removeprefix("#!/bin/sh\n").strip()


def _entry(path: str, method: str, operation: Mapping[str, Any]) -> Entry:
    content = operation.get("requestBody", {}).get("content", {})
    return Entry(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        is_public=operation.get("security") == [],
        parameters=[
            Field(
                part["name"],
                kind_of(part["schema"]),
                part["in"],
                part.get("required", False),
                part.get("description") or described(part["schema"]),
            )
            for part in operation["parameters"]
        ],
        body=next((kind_of(media["schema"]) for media in content.values()), None),
        body_media=list(content),
        answers=[_answer(status, answer) for status, answer in operation["responses"].items()],
    )


def _answer(status: str, answer: Mapping[str, Any]) -> Answer:
    content = answer.get("content", {})
    kind = next((kind_of(media["schema"]) for media in content.values()), None)
    return Answer(status, answer["description"], kind)


def _keys(schema: Mapping[str, Any]) -> Iterator[Field]:
    for name, part in schema.get("properties", {}).items():
        yield Field(name, kind_of(part), "", name in schema.get("required", ()), described(part))
