"""Pieces of pages that are shown again and again, rendered once."""

from functools import lru_cache

from flask import Flask
from jinja2.runtime import Macro
from markupsafe import Markup

from gallery.language import spoken

MOST_KEPT = 4_000
"""Some kilobytes each at most."""


def init_app(app: Flask) -> None:
    """Give templates `macro | fragment(values…)`."""
    app.add_template_filter(fragment, "fragment")


def fragment(macro: Macro, *values: object) -> Markup:
    """What the macro makes of the values. These and the language must be all that it says anything about."""
    return _rendered(macro, spoken(), values)


@lru_cache(maxsize=MOST_KEPT)
def _rendered(macro: Macro, _language: str, values: tuple[object, ...]) -> Markup:
    rendered: Markup = macro(*values)  # type: ignore[assignment]  # the templates escape by themselves
    return rendered
