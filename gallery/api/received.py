"""What came with the request, read as the type that the view's operation names."""

import re
from typing import Any, TypeVar

import msgspec
from flask import current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from gallery.api.operation import Asked, Operation, operation_of
from gallery.errors import GalleryError, TooLarge
from gallery.plain_json import is_plain

Body = TypeVar("Body")
Query = TypeVar("Query", bound=Asked)

MAX_BODY_BYTES = 1024 * 1024
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_PART = re.compile(r"(\w+)\[(.*)\]", re.DOTALL)


class BodyInvalid(GalleryError):
    """The body is not as the operation takes it."""

    code = "body_invalid"
    status = 422


class QueryInvalid(GalleryError):
    """A parameter of the query is not as the operation takes it."""

    code = "query_invalid"


def body(kind: type[Body]) -> Body:
    """The body, sent as JSON or as a form. Raises BodyInvalid or TooLarge."""
    _require_described(_operation().body, kind)
    request.max_content_length = MAX_BODY_BYTES
    try:
        if request.mimetype in _FORMS:
            return msgspec.convert(_fields(request.form), kind, strict=False)
        value = msgspec.json.decode(request.get_data(cache=False) or b"{}")
        if not is_plain(value):
            raise BodyInvalid("The body is nested too deeply, or holds a number beyond all bounds.")
        return msgspec.convert(value, kind)
    except RequestEntityTooLarge:
        raise TooLarge(f"The body may have {MAX_BODY_BYTES:,} bytes at most.") from None
    except msgspec.ValidationError as error:
        raise BodyInvalid(f"The body is not as described: {_sentence(error)}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BodyInvalid("The body is no JSON.") from None


def query(kind: type[Query]) -> Query:
    """The query's parameters; of one that is repeated, the last. Raises QueryInvalid."""
    _require_described(_operation().query, kind)
    given = {name: value for name, value in request.args.items(multi=True) if value}
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise QueryInvalid(f"The address cannot be read: {_sentence(error)}") from None


def _fields(form: MultiDict[str, str]) -> dict[str, Any]:
    """`a=1` as text, `a[]=1` as a list, `a[b]=1` as an object."""
    fields: dict[str, Any] = {}
    for name, value in form.items(multi=True):
        part = _PART.fullmatch(name)
        if part is None:
            fields[name] = value
        elif part[2]:
            _container(fields, part[1], dict)[part[2]] = value
        else:
            _container(fields, part[1], list).append(value)
    return fields


def _container(fields: dict[str, Any], name: str, kind: type) -> Any:
    found = fields.setdefault(name, kind())
    if not isinstance(found, kind):
        raise BodyInvalid(f"The form gives `{name}` in two ways.")
    return found


def _sentence(error: msgspec.ValidationError) -> str:
    text = str(error)
    return text[:1].lower() + text[1:] + "."


def _operation() -> Operation:
    found = operation_of(current_app.view_functions[request.endpoint or ""])
    if found is None:
        raise LookupError(f"{request.endpoint} has no operation")
    return found


def _require_described(described: type | None, kind: type) -> None:
    """What is documented is what is read."""
    if described is not kind:
        raise TypeError(f"{request.endpoint} reads {kind}, and its operation names {described}")
