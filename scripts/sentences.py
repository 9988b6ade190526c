"""What `make strings` gathers from Python: the sentences of `_` and its kin, of errors, forms and messages.

The latter stand in the program as they are, and are translated where they are shown.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

GETTEXT = ("_", "gettext", "later")
SHOWN = re.compile(r"flash|InputRequired|\w+Field|SelectChoice")
ERROR = re.compile(r"\b(?:raise|return) ([A-Z]\w+)\(")
FOR_PROGRAMS = re.compile(r"GALLERY_|Idempotency|Upload-|payload|JSON|`")


def extract(
    file: BinaryIO,
    _keywords: Any,
    _comment_tags: Any,
    options: Any,  # noqa: ARG001  # Babel gives it by name
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Babel's interface of an extractor."""
    source = file.read().decode()
    errors = set(ERROR.findall(source))
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name = node.func.id
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name == "ngettext":
            yield node.lineno, "ngettext", (texts[0], texts[1]), []
        elif texts and (name in GETTEXT or SHOWN.fullmatch(name) or (name in errors and _is_said(texts[0]))):
            yield node.lineno, "gettext", texts[-1] if name == "SelectChoice" else texts[0], []


def _is_said(text: str) -> bool:
    return text.endswith(".") and " " in text and not FOR_PROGRAMS.search(text)
