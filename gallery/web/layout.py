"""What every page's frame needs."""

from flask import Flask, request

from gallery.access import signed_in_user
from gallery.present import words

PRODUCT = "Evident"


def init_app(app: Flask) -> None:
    """Give templates the product's name, the person, and a way to write numbers."""
    app.context_processor(lambda: {"product": PRODUCT, "person": signed_in_user(), "theme": _theme()})
    app.add_template_filter(lambda number: f"{number:,}", "number")
    app.add_template_filter(words.file_size, "file_size")


def _theme() -> str:
    """The light that this browser's person has chosen; empty: the system's."""
    theme = request.cookies.get("theme", "")
    return theme if theme in ("light", "dark") else ""
