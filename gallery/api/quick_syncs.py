"""`GET /api/v1/image_syncs?ids=…`, as it is asked all day."""

import re
from datetime import UTC, datetime
from functools import partial
from urllib.parse import parse_qsl

from gallery.api.image_ids import IDS, MAX_IDS, BadIds, well_formed
from gallery.api.quick import Answer, Asking, Environ, Quick
from gallery.models.seen_documents import bodies_for
from gallery.present.sync_document import join

PATH = "/api/v1/image_syncs"
MOST_QUERY_BYTES = 64 * 1024
_PLAIN = re.compile("ids=[0-9a-f,-]+", re.ASCII)
"""As programs ask: nothing to decode. What is no id among them is no image's."""


def asked(environ: Environ) -> Quick | None:
    """What answers the call, if nothing but ids is asked for."""
    ids = _ids(environ.get("QUERY_STRING", ""))
    return partial(_answer, ids) if ids else None


def _answer(image_ids: list[str], asking: Asking) -> Answer | None:
    """None: nothing that they may see, or nobody who may see anything."""
    signed_at = datetime.fromtimestamp(asking.said.issued_at, UTC)
    bodies = bodies_for(asking.reader, asking.said.user_id, signed_at, image_ids)
    return Answer(join(bodies)) if bodies else None


def _ids(query: str) -> list[str] | None:
    if not query or len(query) > MOST_QUERY_BYTES:
        return None
    if _PLAIN.fullmatch(query):
        ids = query[4:].split(",")
        return ids if len(ids) <= MAX_IDS else None
    pairs = parse_qsl(query, keep_blank_values=True)
    if not pairs or any(name not in IDS for name, _ in pairs):
        return None
    ordered = [text for wanted in IDS for name, text in pairs if name == wanted]
    try:
        return well_formed([part for text in ordered for part in text.split(",")])
    except BadIds:
        return None
