"""Names in one query value: between commas, with a backslash before a comma or backslash inside a name."""

import re
from collections.abc import Iterable

_WELL_FORMED = re.compile(r"(?:[^\\]|\\[\\,])*", re.DOTALL)
_PART = re.compile(r"(?:[^\\,]|\\[\\,])+", re.DOTALL)


def parse(value: str) -> list[str]:
    """The names. Raises ValueError with a sentence."""
    if not _WELL_FORMED.fullmatch(value):
        raise ValueError("has a backslash that stands before neither a comma nor another backslash")
    return [re.sub(r"\\([\\,])", r"\1", part) for part in _PART.findall(value)]


def join(names: Iterable[str]) -> str:
    """The value that `parse` reads these names from."""
    return ",".join(re.sub(r"([\\,])", r"\\\1", name) for name in names)
