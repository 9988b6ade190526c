"""Pieces of pages that are shown again and again, rendered once."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask
from jinja2 import Environment, Template, pass_environment
from jinja2.runtime import Macro
from markupsafe import Markup

from gallery.language import spoken

MOST_FRAGMENTS, MOST_PIECES = 4_000, 32
"""Some kilobytes each at most; of each template, and those with a page's tiles have a third of a megabyte."""
Values = tuple[tuple[str, object], ...]


def init_app(app: Flask) -> None:
    """Give templates `macro | fragment(values…)` and `piece(template, name=value…)`."""
    app.add_template_filter(fragment, "fragment")
    app.add_template_global(piece, "piece")


def fragment(macro: Macro, *values: object) -> Markup:
    """What the macro makes of the values. These and the language must be all that it says anything about."""
    return _rendered(macro, spoken(), values)


@lru_cache(maxsize=MOST_FRAGMENTS)
def _rendered(macro: Macro, _language: str, values: tuple[object, ...]) -> Markup:
    rendered: Markup = macro(*values)  # type: ignore[assignment]  # the templates escape by themselves
    return rendered


@pass_environment
def piece(environment: Environment, template: str, **values: object) -> Markup:
    """The same of a whole template, which knows no other variables."""
    return _pieces_of(environment.get_template(template))(spoken(), tuple(values.items()))


@lru_cache(maxsize=64)
def _pieces_of(template: Template) -> Callable[[str, Values], Markup]:
    @lru_cache(maxsize=MOST_PIECES)
    def rendered(_language: str, values: Values) -> Markup:
        return Markup(template.render(dict(values)))  # noqa: S704  # the templates escape by themselves

    return rendered
