"""An archive as an answer, of which a broken download can ask the rest."""

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_if_range_header, parse_range_header

from gallery.present.archive import Archive
from gallery.web.attachment import attachment


def answer_archive(archive: Archive, name: str) -> Response:
    """All of it, or from the byte on that `Range` names. Raises RequestedRangeNotSatisfiable."""
    start = _start(archive)
    response = Response(archive.chunks(start), 206 if start else 200, content_type="application/zip")
    response.headers["Content-Disposition"] = attachment(name)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-cache"
    response.content_length = archive.size_bytes - start
    response.set_etag(archive.etag)
    if start:
        last = archive.size_bytes - 1
        response.headers["Content-Range"] = f"bytes {start}-{last}/{archive.size_bytes}"
    return response


def _start(archive: Archive) -> int:
    """Only `bytes=N-` is served in part; who asks for anything else gets everything."""
    wanted = parse_range_header(request.headers.get("Range"))
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return 0
    start, end = wanted.ranges[0]
    condition = parse_if_range_header(request.headers.get("If-Range"))
    if (
        start < 0
        or end is not None
        or ((condition.etag or condition.date) and condition.etag != archive.etag)
    ):
        return 0
    if start >= archive.size_bytes:
        raise RequestedRangeNotSatisfiable(archive.size_bytes)
    return start
