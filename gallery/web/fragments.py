"""Pieces of pages that are shown again and again, rendered once."""

from functools import lru_cache

from flask import Flask
from jinja2.runtime import Macro
from markupsafe import Markup

from gallery.language import spoken

MOST_KEPT, MOST_LONG = 4_000, 16
"""Some kilobytes each at most, and a third of a megabyte."""


def init_app(app: Flask) -> None:
    """Give templates `macro | fragment(values…)`, and the same for what is as long as a page."""
    app.add_template_filter(fragment, "fragment")
    app.add_template_filter(long_fragment, "long_fragment")


def fragment(macro: Macro, *values: object) -> Markup:
    """What the macro makes of the values. These and the language must be all that it says anything about."""
    return _kept(macro, spoken(), values)


def long_fragment(macro: Macro, *values: object) -> Markup:
    """The same."""
    return _kept_long(macro, spoken(), values)


def _rendered(macro: Macro, _language: str, values: tuple[object, ...]) -> Markup:
    rendered: Markup = macro(*values)  # type: ignore[assignment]  # the templates escape by themselves
    return rendered


_kept, _kept_long = lru_cache(MOST_KEPT)(_rendered), lru_cache(MOST_LONG)(_rendered)
