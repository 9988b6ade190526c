"""What builds the addresses of pages."""

import pytest
from werkzeug.routing import Rule

from gallery import create_app
from gallery.config import Settings


def test_an_address_costs_nothing_before_it_is_built(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile_ = Rule._compile_builder

    def noted(self: Rule, append_unknown: bool = True) -> object:
        compiled.append(self.rule)
        return compile_(self, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    app = create_app(settings)
    assert set(compiled) <= {"/static/<path:filename>"}  # Flask's own
    with app.test_request_context():
        assert app.url_for("albums.show", album_id="a/b", q="x") == "/albums/~YS9i?q=x"
    assert compiled[-1] == "/albums/<album:album_id>"
