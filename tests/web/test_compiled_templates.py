"""Templates compiled once for an installation."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from gallery.web.compiled_templates import CompiledTemplates, compile_all

HELLO = "hello.html"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


@pytest.fixture
def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Renders a template as a new process would, and says what had to be compiled for it."""

    def render(text: str, shown: str, *, trimmed: bool = False) -> list[str]:
        environment = Environment(
            loader=DictLoader({HELLO: text}), autoescape=True, extensions=["jinja2.ext.i18n"]
        )
        environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # of the extension
        environment.policies["ext.i18n.trimmed"] = trimmed
        environment.bytecode_cache = CompiledTemplates(folder, environment)
        made: list[str] = []
        compile_ = environment.compile
        monkeypatch.setattr(
            environment,
            "compile",
            lambda source, name, *rest: made.append(name) or compile_(source, name, *rest),
        )
        assert environment.get_template(HELLO).render(name="<Ada>") == shown
        return made

    return render


def test_a_template_is_compiled_once(compiled: Callable[..., list[str]]) -> None:
    assert compiled("Hello {{ name }}", "Hello &lt;Ada&gt;") == [HELLO]
    assert compiled("Hello {{ name }}", "Hello &lt;Ada&gt;") == []


def test_another_text_or_other_rules_are_compiled_anew(compiled: Callable[..., list[str]]) -> None:
    text = "{% trans %} Hello {% endtrans %}"
    assert compiled(text, " Hello ") == [HELLO]
    assert compiled(text, "Hello", trimmed=True) == [HELLO]
    assert compiled("Bye {{ name }}", "Bye &lt;Ada&gt;") == [HELLO]
    assert compiled("Bye {{ name }}", "Bye &lt;Ada&gt;") == []


@pytest.mark.parametrize("damage", [b"", b"j2", b"\x80\x04garbage", b"cut"])
def test_a_damaged_file_is_made_again(
    folder: Path, compiled: Callable[..., list[str]], damage: bytes
) -> None:
    compiled("Hello", "Hello")
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"cut" else damage)
    assert compiled("Hello", "Hello") == [HELLO]
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_pages_are_shown_all_the_same(
    folder: Path, compiled: Callable[..., list[str]]
) -> None:
    folder.symlink_to(folder.parent / "missing")
    for _ in range(2):
        assert compiled("Hello", "Hello") == [HELLO]


def test_nothing_is_kept_where_python_keeps_nothing(
    folder: Path, compiled: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled("Hello", "Hello")
    assert not folder.exists()


def test_what_else_lies_among_the_templates_stops_nothing(folder: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "a.html").write_text("{% if %}")
    (templates / ".b.html.swp").write_bytes(b"b0VIM\x89\xff")
    (templates / "c.html").write_text("Hello")
    environment = Environment(
        loader=FileSystemLoader(templates), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    environment.bytecode_cache = CompiledTemplates(folder, environment)
    compile_all(environment)
    assert len(list(folder.iterdir())) == 1
