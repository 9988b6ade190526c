"""Text that comes from outside, made fit to be stored and shown."""

import hashlib
import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without what no database or UTF-8 can hold: NUL and lone surrogates."""
    return _UNSTORABLE.sub("�", text)


def digest(text: str) -> str:
    """SHA-256 in hex: stands for a text of any length in an index."""
    return hashlib.sha256(text.encode()).hexdigest()
