"""What is really there, seen without the gallery's own code: SQLite's rows and the bytes of files."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.faults.nursery import Child
from tests.serving import child_environ, flask


def rows(instance: Path, query: str) -> list[tuple[Any, ...]]:
    """Of the gallery's database."""
    with closing(sqlite3.connect(instance / "gallery.db", timeout=30)) as connection:
        return connection.execute(query).fetchall()


def lost(instance: Path, children: Iterable[Child]) -> list[str]:
    """The acknowledged files whose row is gone, or whose original is not byte for byte what was sent."""
    stored = dict(rows(instance, "SELECT id, sha256 FROM image"))
    return [
        note["file"]
        for child in children
        for note in child.kept()
        if not _is_there(instance, stored.get(note["id"]), Path(note["file"]).read_bytes())
    ]


def half_visible(instance: Path) -> list[str]:
    """Digests that a row names while the original is not there, or not whole."""
    return [
        sha256
        for (sha256,) in rows(instance, "SELECT DISTINCT sha256 FROM image WHERE sha256 IS NOT NULL")
        if not (path := _path(instance, sha256)).exists()
        or hashlib.sha256(path.read_bytes()).hexdigest() != sha256
    ]


def undocumented(instance: Path) -> list[tuple[Any, ...]]:
    """Images without their document."""
    return rows(instance, "SELECT id FROM image WHERE id NOT IN (SELECT image_id FROM sync_document)")


def fsck(environ: dict[str, str], *options: str) -> tuple[int, list[str]]:
    """Exit status and the kinds of what was found, by the real command."""
    done = flask(child_environ(**environ), "fsck", "--deep", "--json", *options)
    assert done.returncode in (0, 1), done.stderr
    *findings, _ = map(json.loads, done.stdout.splitlines())
    return done.returncode, [finding["kind"] for finding in findings]


def _is_there(instance: Path, sha256: str | None, content: bytes) -> bool:
    return (
        sha256 == hashlib.sha256(content).hexdigest()
        and (path := _path(instance, sha256)).exists()
        and path.read_bytes() == content
    )


def _path(instance: Path, sha256: str) -> Path:
    return instance / "originals" / sha256[:2] / sha256[2:4] / sha256
