"""A good answer as JSON."""

from typing import Any

import msgspec
from flask import Response

JSON = "application/json; charset=utf-8"


def answer(value: Any, status: int = 200) -> Response:
    """The value (structs, or what JSON has) as a body."""
    return Response(msgspec.json.encode(value), status, content_type=JSON)


def answer_encoded(body: bytes, status: int = 200) -> Response:
    """A body that is JSON already, such as a stored document."""
    return Response(body, status, content_type=JSON)


def answer_nothing() -> Response:
    """204, for what is gone now."""
    return Response(status=204)
