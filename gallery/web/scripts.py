"""A page's scripts as one file: modules of `static/js/`, each in a scope of its own after those it imports.

The file holds what they say in the page's language, too; browsers keep it as they keep styles.
"""

import json
import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for

from gallery import language
from gallery.web.assets import second

FOLDER = "js"
_NAME = re.compile(r"[a-z_]+(?:/[a-z_]+)*")
_IMPORT = re.compile(r'^import (?:\{ (?P<names>[^}]*) \} from )?"(?P<path>\.[^"]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^ *//[^\n]*\n|^ */\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"\n\s*")
blueprint = Blueprint("scripts", __name__)


class Module(NamedTuple):
    """One file: what it needs, and the body of the function that it becomes."""

    needs: tuple[str, ...]
    body: str


def init_app(app: Flask) -> None:
    """Give templates `scripts_url`."""
    app.context_processor(lambda: {"scripts_url": scripts_url})


def scripts_url(names: str) -> str:
    """The address of the modules with these names, between spaces, in the language spoken."""
    wanted, spoken = tuple(names.split()), language.spoken()
    return url_for(
        "scripts.joined", of=" ".join(wanted), language=spoken, v=_version(wanted, spoken, second())
    )


@blueprint.get("/assets/scripts.js")
def joined() -> Response:
    """What `scripts_url` names."""
    names, spoken = tuple(request.args.get("of", "").split()), request.args.get("language", "")
    if spoken not in language.LANGUAGES or not all(
        _NAME.fullmatch(name) and _file(name).is_file() for name in names
    ):
        abort(404)
    return Response(_text(names, spoken), content_type="text/javascript; charset=utf-8")


def _text(names: tuple[str, ...], spoken: str) -> bytes:
    files: dict[str, int] = {}
    for name in names:
        _gather(name, files)
    return _joined(tuple(files.items()), spoken, _folder())


def _gather(name: str, files: dict[str, int]) -> None:
    """Put a module and those that it needs, these first, beside the times at which they were changed."""
    if name in files:
        return
    file = _file(name)
    modified_ns = file.stat().st_mtime_ns
    for needed in _module(file, name, modified_ns).needs:
        _gather(needed, files)
    files[name] = modified_ns


@lru_cache(maxsize=64)
def _version(names: tuple[str, ...], spoken: str, _second: int) -> str:
    return blake2b(_text(names, spoken), digest_size=6).hexdigest()


@lru_cache(maxsize=64)
def _joined(files: tuple[tuple[str, int], ...], spoken: str, folder: Path) -> bytes:
    said = {} if spoken == language.ENGLISH else language.sentences(spoken).of_scripts
    sentences = {key: text for name, _ in files for key, text in said.get(name, {}).items()}
    parts = [f"const sentences = {json.dumps(sentences, ensure_ascii=False, separators=(',', ':'))};"]
    for name, modified_ns in files:
        body = _module(folder / f"{name}.js", name, modified_ns).body
        parts.append(f"const {_variable(name)} = (() => {{\n{body}}})();")
    return "\n".join(parts).encode()


@lru_cache(maxsize=256)
def _module(file: Path, name: str, _modified_ns: int) -> Module:
    text = _COMMENT.sub("", file.read_text())
    needs = {found["path"]: _resolved(name, found["path"]) for found in _IMPORT.finditer(text)}
    exports = ", ".join(_EXPORT.findall(text))
    text = _IMPORT.sub(lambda found: _taken(found["names"], needs[found["path"]]), text)
    body = _BLANK.sub("\n", _EXPORT.sub("", text)).lstrip()
    return Module(tuple(needs.values()), f"{body}return {{ {exports} }};\n")


def _taken(names: str | None, needed: str) -> str:
    """An import as an assignment."""
    return f"const {{ {names.replace(' as ', ': ')} }} = {_variable(needed)};\n" if names else ""


def _resolved(name: str, path: str) -> str:
    """The name of the module that another one imports by a relative path."""
    folder = (_ROOT / name).parent
    return str((folder / path).resolve().relative_to(_ROOT))


def _variable(name: str) -> str:
    return "$" + name.replace("/", "$")


def _file(name: str) -> Path:
    return _folder() / f"{name}.js"


def _folder() -> Path:
    return Path(current_app.static_folder or "") / FOLDER


_ROOT = Path("/js")
"""Stands for the folder while names are resolved."""
