"""The gallery with an address for each status that it may refuse with, so that those pages are judged too."""

from flask import abort

from gallery import create_app

app = create_app()


@app.get("/failing/<int:status>")
def fail(status: int) -> None:
    """Refuse."""
    abort(status)
