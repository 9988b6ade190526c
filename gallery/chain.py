"""The links of the audit chain, which anybody can follow with SHA-256 and JSON alone.

An entry's content is the object of `FIELDS` as canonical JSON, close to RFC 8785: UTF-8, no space between
tokens, the keys of every object sorted by code point, nothing escaped but `"`, `\\` and control characters
(`\\b \\t \\n \\f \\r`, else `\\u00xx`), whole numbers as digits, other numbers as the shortest digits that
read back the same (as Python writes them: `1.0`, `1e-07`, where RFC 8785 has `1`, `1e-7`), times as
`2026-01-31T23:59:59.123456Z`.

    content digest = SHA-256 of the content
    hash           = SHA-256 of the previous entry's hash and the content digest, both as hex, one text of 128

The entry numbered 1 follows 64 zeros. That the content enters as a digest lets a slice of the chain leave
out what entries say and still be checked from end to end.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

START = "0" * 64
FIELDS = (
    *("number", "at", "actor_number", "actor_name", "deed", "image_id", "album_id", "album_number"),
    "details",
)
_NEAR = 1_000
"""How far off an entry is looked for that stands at another's number."""


class Head(NamedTuple):
    """The last entry of a chain, at some time. Whoever keeps it elsewhere can tell what was changed since."""

    number: int
    """0: there is no entry yet."""
    hash: str


class Break(NamedTuple):
    """The first thing that is wrong with a chain."""

    number: int
    kind: str
    """changed, missing, inserted, reordered, relinked or truncated."""
    sentence: str


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way to write the object."""
    written = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str
    )
    return written.encode()


def time_text(moment: datetime) -> str:
    """In UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def content_digest(entry: Mapping[str, Any]) -> str:
    """Of what an entry says; keys besides `FIELDS` do not count. Raises KeyError."""
    return sha256(canonical({name: entry[name] for name in FIELDS})).hexdigest()


def link(previous: str, digest: str) -> str:
    """The hash of an entry that follows another."""
    return sha256(f"{previous}{digest}".encode()).hexdigest()


def first_break(entries: Iterable[Mapping[str, Any]], head: Head | None = None) -> tuple[Head, Break | None]:
    """What follows from reading the entries in order of their numbers: the last good one, and what is wrong.

    Each entry has `FIELDS`, `previous` and `hash`. `head` is one that was kept elsewhere.
    """
    last = Head(0, START)
    for entry in entries:
        found = _break_at(entry, last) or _not_the_kept(Head(entry["number"], entry["hash"]), head)
        if found is not None:
            return last, found
        last = Head(entry["number"], entry["hash"])
    if head is not None and last.number < head.number:
        said = f"the chain ends at {last.number}, and the head that was kept is entry {head.number}"
        return last, Break(last.number + 1, "truncated", f"Entry {last.number + 1} is missing: {said}.")
    return last, None


def _break_at(entry: Mapping[str, Any], last: Head) -> Break | None:
    number, expected = entry["number"], last.number + 1
    if number < expected:
        return Break(number, "inserted", f"Entry {number} stands where no number is free.")
    if number > expected:
        return Break(expected, "missing", f"Entry {expected} is missing: after {last.number} comes {number}.")
    if link(entry["previous"], content_digest(entry)) != entry["hash"]:
        own = _own_number(entry)
        if own is not None:
            return Break(number, "reordered", f"Entry {number} is out of order: it was entry {own}.")
        return Break(number, "changed", f"Entry {number} was changed: what it says does not fit its hash.")
    if entry["previous"] != last.hash:
        said = "it does not follow the one before it, which was replaced, or it was put there later"
        return Break(number, "relinked", f"Entry {number} breaks the chain: {said}.")
    return None


def _own_number(entry: Mapping[str, Any]) -> int | None:
    """The number that the entry's hash was made with, if it is not far."""
    number = entry["number"]
    for other in range(max(1, number - _NEAR), number + _NEAR):
        if link(entry["previous"], content_digest({**entry, "number": other})) == entry["hash"]:
            return other
    return None


def _not_the_kept(found: Head, kept: Head | None) -> Break | None:
    if kept is None or found.number != kept.number or found.hash == kept.hash:
        return None
    said = "its hash is not that of the head that was kept, so that it or one before it was rewritten"
    return Break(found.number, "changed", f"Entry {found.number} was changed: {said}.")
