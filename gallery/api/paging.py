"""Long lists a page at a time, by key: however deep, the next page costs the same."""

from collections.abc import Sequence
from typing import Annotated, Any, Protocol
from urllib.parse import quote, urlencode

import msgspec
import sqlalchemy as sa
from flask import Response, request
from itsdangerous import BadData, URLSafeSerializer

from gallery import current
from gallery.api.operation import Asked
from gallery.errors import GalleryError

MOST = 1_000
Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST, description="How many at most.")]
After = Annotated[
    str, msgspec.Meta(max_length=2_000, description="Where the page before ended: from its `Link`.")
]


class CursorInvalid(GalleryError):
    """`after` did not come from a `Link` of this list."""

    code = "cursor_invalid"


class Paged(Asked, kw_only=True):
    """The query of a list."""

    limit: Limit = 100
    after: After = ""


class Turning(Protocol):
    """A query that says where the page before ended."""

    after: str


def key_after(asked: Turning) -> tuple[Any, ...] | None:
    """The key of the last row of the page before. Raises CursorInvalid."""
    if not asked.after:
        return None
    try:
        key: list[Any] = _serializer().loads(asked.after)
    except BadData:
        raise CursorInvalid("`after` is not a cursor of this list. Begin without it.") from None
    return tuple(key)


def beyond(columns: Sequence[Any], key: tuple[Any, ...] | None) -> sa.ColumnElement[bool]:
    """The rows after the key, in the ascending order of the columns."""
    if key is None:
        return sa.true()
    values = (sa.literal(value, column.type) for column, value in zip(columns, key, strict=True))
    return sa.tuple_(*columns) > sa.tuple_(*values)


def with_next(response: Response, key: Sequence[Any] | None) -> Response:
    """Say where the next page is: after the row with this key (JSON values); None: there is none."""
    if key is not None:
        query = request.args.to_dict(flat=False) | {"after": [_serializer().dumps(list(key))]}
        address = f"{current.settings().public_url}{quote(request.path)}?{urlencode(query, doseq=True)}"
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


def _serializer() -> URLSafeSerializer:
    """A cursor is good on the list that gave it alone."""
    return URLSafeSerializer(current.settings().signing_keys("cursor"), salt=request.path)
