"""What every page's frame needs."""

from flask import Flask, request

from gallery.access import may_review, signed_in_user
from gallery.present import words

PRODUCT = "Evident"


def init_app(app: Flask) -> None:
    """Give templates the product's name, the person, and a way to write numbers."""
    app.context_processor(_frame)
    app.add_template_filter(words.file_size, "file_size")


def _frame() -> dict[str, object]:
    user = signed_in_user()
    return {
        "product": PRODUCT,
        "person": user,
        "can_review": user is not None and may_review(user),
        "theme": _chosen("theme", ("light", "dark")),
        "density": _chosen("density", ("small", "large")),
    }


def _chosen(name: str, values: tuple[str, ...]) -> str:
    """What this browser's person has chosen; empty: what is usual."""
    value = request.cookies.get(name, "")
    return value if value in values else ""
