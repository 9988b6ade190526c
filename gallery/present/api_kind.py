"""The type of a value in words, from its JSON Schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a value in words; `schema` names the one it is made of, None: a plain one."""

    text: str
    schema: str | None = None


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """The type in words, with its bounds."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Kind(name, name)
    if "anyOf" in schema:
        kinds = [kind_of(part) for part in schema["anyOf"]]
        return Kind(
            " or ".join(kind.text for kind in kinds), next((k.schema for k in kinds if k.schema), None)
        )
    if "enum" in schema:
        return Kind("one of " + ", ".join(map(str, schema["enum"])))
    if schema.get("type") == "array":
        return _list_kind(schema)
    return Kind(str(schema.get("type", "anything")) + _bounds(schema))


def _list_kind(schema: Mapping[str, Any]) -> Kind:
    """Of a list of one type, or of some values of which each has its own."""
    parts = schema.get("prefixItems") or [schema.get("items") or {}]
    kinds = list(dict.fromkeys(map(kind_of, parts)))
    named = next((kind.schema for kind in kinds if kind.schema), None)
    return Kind("list of " + ", ".join(kind.text for kind in kinds), named)


def _bounds(schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f", {least} to {most}"
    if least is not None:
        return f", from {least}"
    return f", up to {schema['maxLength']:,} characters" if "maxLength" in schema else ""


def described(schema: Mapping[str, Any]) -> str:
    """What the schema says the value is; of a choice, the first that says anything."""
    own = schema.get("description", "")
    return own or next((described(part) for part in schema.get("anyOf", ()) if "description" in part), "")
