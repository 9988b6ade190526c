"""How an album's id or a tag's name, which may be any string, stands in an address."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

from flask import Flask
from werkzeug.routing import PathConverter, Rule, ValidationError

_PLAIN = re.compile(r"(?![~.])[^\x00-\x1f/\\]+")


class AnyTextConverter(PathConverter):
    """Ordinary text stands as it is; with slashes, controls, a first dot or tilde it is `~` + base64url."""

    def to_python(self, value: str) -> str:
        """The text. A part that is not what `to_url` makes is no address of ours."""
        if not value.startswith("~"):
            return value
        try:
            return urlsafe_b64decode(value[1:] + "=" * (-len(value[1:]) % 4)).decode()
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: str) -> str:
        """The part of the address."""
        if _PLAIN.fullmatch(value):
            return quote(value, safe="")
        return "~" + urlsafe_b64encode(value.encode()).decode().rstrip("=")


class AnythingConverter(PathConverter):
    """The rest of an address whatever it is, line breaks and leading slashes too."""

    regex = "(?s:.*?)"
    part_isolating = False


class PatientRule(Rule):
    """What builds addresses by this rule is compiled when the first is built: all at once they take longer
    than everything else that an app does at its start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(super()._compile_builder)
        return lambda rule, /, **values: compiled(append_unknown)(rule, **values)


def init_app(app: Flask) -> None:
    """Let routes say `<album:album_id>`, `<tag:name>` and `<anything:rest>`."""
    app.url_rule_class = PatientRule
    app.url_map.converters["album"] = app.url_map.converters["tag"] = AnyTextConverter
    app.url_map.converters["anything"] = AnythingConverter
