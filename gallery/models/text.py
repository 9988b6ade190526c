"""Text that comes from outside, made fit to be stored and shown."""

import hashlib
import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without what no database or UTF-8 can hold: NUL and lone surrogates."""
    return _UNSTORABLE.sub("�", text)


def digest(text: str) -> str:
    """SHA-256 in hex: stands for a text of any length in an index."""
    return hashlib.sha256(text.encode()).hexdigest()


def storable_json(value: Any) -> Any:
    """The value with every text in it made storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(part) for part in value]
    if isinstance(value, dict):
        return {storable(key): storable_json(part) for key, part in value.items()}
    return value
