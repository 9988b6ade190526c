"""EXIF as a list that people can read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gallery.language import later

LONG = 160
"""Characters of a value that are shown unasked."""
_GROUPS = (
    (later("Camera"), re.compile(r"Make|Model|Lens|Software|Serial|Owner|Artist|Copyright|Host", re.I)),
    (later("Position"), re.compile(r"GPS", re.I)),
    (
        later("Exposure"),
        re.compile(
            r"Exposure|FNumber|ISO|Aperture|Shutter|Focal|Flash|Meter|Light|White|Bright|Sens|Gain|Scene",
            re.I,
        ),
    ),
    (later("Time"), re.compile(r"Date|Time|Offset", re.I)),
)
_ORDER = ("Camera", "Exposure", "Time", "Position", later("Other"))


@dataclass(frozen=True, slots=True)
class ExifEntry:
    """One name and what the file says under it."""

    name: str
    value: str

    @property
    def is_long(self) -> bool:
        """Whether the value is folded away behind its beginning."""
        return len(self.value) > LONG

    @property
    def beginning(self) -> str:
        """Enough to tell what it is."""
        return self.value[:LONG]


@dataclass(frozen=True, slots=True)
class ExifGroup:
    """Entries about one matter."""

    name: str
    entries: list[ExifEntry]


def exif_groups(exifs: Mapping[str, Any]) -> list[ExifGroup]:
    """The groups that have entries; values that are not text are written as JSON."""
    grouped: dict[str, list[ExifEntry]] = {name: [] for name in _ORDER}
    for name, value in sorted(exifs.items()):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        grouped[_group_of(name)].append(ExifEntry(name, text))
    return [ExifGroup(name, entries) for name, entries in grouped.items() if entries]


def _group_of(name: str) -> str:
    return next((group for group, pattern in _GROUPS if pattern.search(name)), "Other")
