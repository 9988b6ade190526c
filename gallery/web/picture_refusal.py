"""What stands where a picture cannot: nothing, with the reason in a header."""

from flask import Response

PLACES = ("/image/", "/proxy/")
"""Below these only pictures are answered, and so no page that says what is wrong either."""


def refusal(status: int, reason: str) -> Response:
    """An empty answer with the reason in `X-Cld-Error`, which no cache keeps."""
    response = Response(status=status, mimetype="text/plain")
    response.headers["X-Cld-Error"] = reason.encode("ascii", "replace").decode()
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
