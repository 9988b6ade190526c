"""Pieces of pages that are kept: they may say nothing but of what they are given."""

import re

from flask import Flask
from jinja2 import meta

GIVEN_TO_ALL = {"_", "gettext", "ngettext", "url_for"}
"""By every template alike, in every request of one language."""


def test_a_kept_piece_asks_for_nothing_that_it_is_not_given(app: Flask) -> None:
    environment = app.jinja_env
    assert environment.loader
    sources = {
        name: environment.loader.get_source(environment, name)[0] for name in environment.list_templates()
    }

    def asked(name: str) -> set[str]:
        source = sources[name]
        made = re.findall(r"{%-? (?:set|macro) (\w+)", source)
        made += re.findall(r"\w+", " ".join(re.findall(r"{%-? from .* import (.*?) %}", source)))
        found = meta.find_undeclared_variables(environment.parse(source))
        return found.union(*map(asked, re.findall(r'include "([^"]+)"', source))) - {*made}

    pieces = [
        (name, set(re.findall(r"\b(\w+)=", given)))
        for source in sources.values()
        for name, given in re.findall(r'piece\("([^"]+)",(.*?)\)(?: \||\s*}})', source, re.DOTALL)
    ]
    assert len(pieces) == sum(source.count("piece(") for source in sources.values()) > 3
    for name, given in pieces:
        assert asked(name) - GIVEN_TO_ALL == given, name
