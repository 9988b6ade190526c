"""The part of the audit chain that a pack carries: what was done to its images, and how that is linked.

A line is either a whole entry, as `flask audit export` prints it, or, of what was done to other things, its
number and the digest of its content alone: enough to follow the links, and nothing of what it says.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from gallery.chain import Head, canonical, content_digest, link
from gallery.models.audit import AuditEntry
from gallery.present.audit.audit_log import entries

MOST_LINKS = 50_000
"""Entries between the first about an image and the newest. Of a longer stretch those about images are taken
alone: each can be checked for itself, but not that they stand in the chain."""
_AT_ONCE = 500


def slice_lines(connection: sa.Connection, image_ids: Collection[str], head: Head) -> Iterator[bytes]:
    """The lines, in the order of the chain."""
    numbers = _numbers(connection, image_ids)
    if not numbers:
        return
    first = min(numbers)
    if is_whole(first, head):
        for entry in entries(connection, first - 1, head.number):
            told = entry if entry["number"] in numbers else _link_alone(entry)
            yield canonical(told) + b"\n"
        return
    for number in sorted(numbers):
        for entry in entries(connection, number - 1, number):
            yield canonical(entry) + b"\n"


def is_whole(first: int, head: Head) -> bool:
    """Whether the slice from this entry on holds every link."""
    return head.number - first < MOST_LINKS


def break_in(lines: Iterable[Mapping[str, Any]], head: Head) -> str:
    """What is wrong with a slice, in a sentence; "" = nothing. Raises KeyError and TypeError."""
    last: Head | None = None
    is_linked = True
    for line in lines:
        number = line["number"]
        is_next = last is None or number == last.number + 1
        is_linked = is_linked and is_next
        previous = last.hash if last is not None and is_next else line.get("previous", "")
        digest = line["digest"] if "digest" in line else content_digest(line)
        hash = link(previous, digest)
        if "hash" in line and (line["hash"], line["previous"]) != (hash, previous):
            return f"Entry {number} of the audit chain was changed, or does not follow the one before it."
        last = Head(number, hash)
    if last is not None and is_linked and last != head:
        return f"The audit chain ends at entry {last.number}, and the manifest says another end."
    return ""


def _numbers(connection: sa.Connection, image_ids: Collection[str]) -> set[int]:
    found: set[int] = set()
    ids = sorted(image_ids)
    for start in range(0, len(ids), _AT_ONCE):
        about = AuditEntry.image_id.in_(ids[start : start + _AT_ONCE])
        found.update(connection.scalars(sa.select(AuditEntry.number).where(about)))
    return found


def _link_alone(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": entry["number"], "digest": content_digest(entry)}
