"""`GET /api/v1/image_syncs/changes` with a cursor, a limit or neither, as whoever follows it asks."""

import re
from functools import partial
from urllib.parse import parse_qsl

from werkzeug.http import http_date

from gallery.api.feed_page import page_after
from gallery.api.quick import Answer, Asking, Environ, Quick
from gallery.errors import GalleryError
from gallery.models import token
from gallery.models.viewer import find_viewer

PATH = "/api/v1/image_syncs/changes"
USUAL_LIMIT = "100"
MOST_QUERY_BYTES = 16 * 1024
_LIMIT = re.compile(r"1000|[1-9]\d{0,2}", re.ASCII)
_JSON = frozenset({"", "*/*", "application/json"})
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


def asked(environ: Environ) -> Quick | None:
    """What answers the call, if it is asked in the plainest way."""
    if environ.get("HTTP_ACCEPT", "") not in _JSON or any(name in environ for name in _CONDITIONS):
        return None
    query = environ.get("QUERY_STRING", "")
    pairs = parse_qsl(query, keep_blank_values=True) if len(query) <= MOST_QUERY_BYTES else [("", "")]
    given = {"cursor": "", "limit": USUAL_LIMIT} | dict(pairs)
    if len(given) > 2 or len(pairs) > len(dict(pairs)) or not _LIMIT.fullmatch(given["limit"]):
        return None
    return partial(_answer, given["cursor"], int(given["limit"]))


def _answer(given: str, limit: int, asking: Asking) -> Answer | None:
    """None: the cursor is refused, or the token is revoked, which the long way says in words."""
    said, settings = asking.said, asking.settings
    person = find_viewer(asking.reader, said.user_id)
    if person is None or token.is_revoked(person, said.issued_at):
        return None
    try:
        page = page_after(asking.reader, person, 0, given, limit, settings)
    except GalleryError:
        return None
    return Answer(page.body(settings), (("ETag", f'"{page.etag(given)}"'), ("Date", http_date())))
