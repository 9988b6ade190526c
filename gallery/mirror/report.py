"""What a pull did, in numbers and names."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """What a pull did."""

    created: int = 0
    replaced: int = 0
    unchanged: int = 0
    deleted: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    """(image id, reason)."""
    differing: list[tuple[str, list[str]]] = field(default_factory=list)
    """(image id, keys) that this server answers otherwise than the other one."""
