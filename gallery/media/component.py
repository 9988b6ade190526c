"""One component of a chain: `key_value` joined by commas, each key once, each value of a known kind."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from gallery.errors import BadChain


def read_component(text: str) -> dict[str, str]:
    """The values by key, as they stand. Raises BadChain with the reason."""
    values: dict[str, str] = {}
    for pair in text.split(","):
        key, _, value = pair.partition("_")
        if key not in _CHECKS or not _CHECKS[key](value):
            raise BadChain(f"unknown transformation {pair[:40]!r}")
        if key in values:
            raise BadChain(f"{key}_ stands twice in one component")
        values[key] = value
    return values


def number_in(values: dict[str, str], key: str, low: int, high: int) -> int | None:
    """The whole number under the key; None where it is not said. Raises BadChain."""
    text = values.get(key)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or not low <= int(text) <= high:
        raise BadChain(f"{key}_ takes a whole number from {low} to {high}, not {text[:20]!r}")
    return int(text)


def attachment_name(flag: str) -> str:
    """The name of `attachment:NAME`, "" without one; it may be percent-encoded, and a comma must be."""
    return unquote(flag.partition(":")[2])


def _is_dpr(text: str) -> bool:
    return text == "auto" or (re.fullmatch(r"[123](\.\d)?", text, re.ASCII) is not None and float(text) <= 3)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


_CHECKS: dict[str, Callable[[str], bool]] = {
    "c": {"fit", "limit", "fill", "scale", "crop"}.__contains__,
    "w": _is_number,
    "h": _is_number,
    "x": _is_number,
    "y": _is_number,
    "a": {"0", "90", "180", "270"}.__contains__,
    "fl": lambda text: text == "attachment" or (text.startswith("attachment:") and len(text) > 11),
    "q": lambda text: text == "auto" or _is_number(text),
    "f": {"auto", "jpg", "png", "webp", "avif"}.__contains__,
    "dpr": _is_dpr,
}
