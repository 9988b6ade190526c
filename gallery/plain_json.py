"""JSON from outside: whether it can be kept, and as what."""

import math

MAX_DEPTH = 20


def is_plain(value: object, depth: int = 0) -> bool:
    """Whether every number is finite and the nesting is sane."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(is_plain(part, depth + 1) for part in value.values())
    if isinstance(value, list):
        return all(is_plain(part, depth + 1) for part in value)
    return not isinstance(value, float) or math.isfinite(value)
