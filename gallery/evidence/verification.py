"""Checks a pack with nothing but the file and, if it is known, the gallery's public key."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from gallery.evidence.chain_slice import break_in
from gallery.evidence.key import is_signed
from gallery.evidence.manifest import (
    MANIFEST,
    MOST_BYTES,
    SIGNATURE,
    SUMS,
    EvidenceInvalid,
    Manifest,
    Member,
    manifest_in,
    sums,
)
from gallery.media.store import BLOCK_BYTES

_MOST_MEMBERS = 20_000
_MOST_LINE_BYTES = 16 * 1024**2
_SIGNATURE_BYTES = 64
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")
_IS_LINK = 0o120000


class Finding(NamedTuple):
    """The first thing that is wrong with a pack."""

    kind: str
    """unsafe, unsigned, other_key, missing, added, changed, or chain."""
    sentence: str


def verify(path: Path, key: str = "") -> tuple[Manifest, Finding | None]:
    """The manifest, and what is wrong; `key` (hex) is the gallery's, "" = whoever signed it.

    Reads in pieces, and of each member no more than the manifest says it has. Raises EvidenceInvalid for
    what is no pack, and OSError.
    """
    try:
        with ZipFile(path) as archive:
            return _verified(archive, key)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise EvidenceInvalid(f"{path.name} cannot be read as an evidence pack: {error}") from error


def _verified(archive: ZipFile, key: str) -> tuple[Manifest, Finding | None]:
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise EvidenceInvalid(f"The file has more than {_MOST_MEMBERS:,} members: no pack has so many.")
    for info in infos:
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise EvidenceInvalid(f"{info.filename[:200]!r} is compressed in a way that no pack uses.")
    for name in (MANIFEST, SIGNATURE):
        if name not in archive.namelist():
            raise EvidenceInvalid(f"The file has no {name}: it is no evidence pack.")
    content = _read(archive, MANIFEST, MOST_BYTES)
    manifest, signature = manifest_in(content), _read(archive, SIGNATURE, _SIGNATURE_BYTES)
    found = (
        _unsafe(infos)
        or _unsigned(content, signature, manifest, key)
        or _unlike(archive, manifest)
        or _contradicting(archive, manifest)
    )
    return manifest, found


def _unsafe(infos: list[ZipInfo]) -> Finding | None:
    names = Counter(info.filename.casefold() for info in infos)
    for info in infos:
        if _UNSAFE.search(info.filename) or info.external_attr >> 16 & 0o170000 == _IS_LINK:
            return Finding("unsafe", f"{info.filename[:200]!r} would be unpacked somewhere else.")
        if names[info.filename.casefold()] > 1:
            return Finding("unsafe", f"{info.filename[:200]!r} is there more than once.")
    return None


def _unsigned(content: bytes, signature: bytes, manifest: Manifest, key: str) -> Finding | None:
    try:
        is_good = is_signed(content, signature, manifest.public_key)
    except ValueError:
        is_good = False
    if not is_good:
        return Finding("unsigned", f"{MANIFEST} was changed: its signature does not hold.")
    if key and key != manifest.public_key:
        return Finding("other_key", f"Another key signed this pack: {manifest.public_key}.")
    return None


def _unlike(archive: ZipFile, manifest: Manifest) -> Finding | None:
    there = {info.filename: info for info in archive.infolist()}
    named = {member.name for member in manifest.files}
    for member in manifest.files:
        if member.name not in there:
            return Finding("missing", f"{member.name} is missing.")
        if not _is_as_named(archive, there[member.name], member):
            return Finding("changed", f"{member.name} was changed: it is not what was signed.")
    for name in there:
        if name not in named and name not in (MANIFEST, SIGNATURE):
            return Finding("added", f"{name[:200]!r} was added: the manifest does not name it.")
    return None


def _is_as_named(archive: ZipFile, info: ZipInfo, member: Member) -> bool:
    digest, size_bytes = sha256(), 0
    try:
        with archive.open(info) as file:
            while size_bytes <= member.size_bytes and (block := file.read(BLOCK_BYTES)):
                digest.update(block)
                size_bytes += len(block)
    except (BadZipFile, zlib.error, EOFError):
        return False
    return (size_bytes, digest.hexdigest()) == (member.size_bytes, member.sha256)


def _contradicting(archive: ZipFile, manifest: Manifest) -> Finding | None:
    """What was signed must agree with itself, too."""
    listed = [member for member in manifest.files if member.name != SUMS]
    if _read(archive, SUMS, MOST_BYTES) != sums(listed):
        return Finding("changed", f"{SUMS} does not list what the manifest names.")
    digests = {member.name: member.sha256 for member in manifest.files}
    try:
        for image in _objects(archive, "images.json"):
            original = image["original"]
            if original["name"] and digests.get(original["name"]) != original["sha256"]:
                return Finding("changed", f"The file of image {image['id']} is not the one that is named.")
        broken = break_in(_lines(archive, "chain.jsonl"), manifest.chain_head.head)
    except (ValueError, KeyError, TypeError) as error:
        raise EvidenceInvalid(f"The records of the pack cannot be read: {error}") from error
    return Finding("chain", broken) if broken else None


def _objects(archive: ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """Those of a list as `json_file` writes it, one at a time: the last line of each is indented by two."""
    held = bytearray()
    with archive.open(name) as file:
        while line := file.readline(_MOST_LINE_BYTES):
            if line.rstrip() in (b"[", b"]", b"[]") and not held:
                continue
            held += line
            if len(held) > _MOST_LINE_BYTES:
                raise EvidenceInvalid(f"{name} has a longer record than any pack has.")
            if line.startswith(b"  }"):
                yield json.loads(held.rstrip(b",\n"))
                held.clear()
    if held:
        raise EvidenceInvalid(f"{name} ends within a record.")


def _lines(archive: ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """One at a time: a small file can be unpacked to many."""
    with archive.open(name) as file:
        while line := file.readline(_MOST_LINE_BYTES):
            yield json.loads(line)


def _read(archive: ZipFile, name: str, most_bytes: int) -> bytes:
    with archive.open(name) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise EvidenceInvalid(f"{name} is larger than any pack has it.")
    return content
