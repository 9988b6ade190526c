"""Puts a pack together: everything small is made first, the originals are read as they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
from zipstream import ZipStream

from gallery.chain import Head, time_text
from gallery.config import Settings
from gallery.db import db
from gallery.evidence.chain_slice import slice_lines
from gallery.evidence.key import hex_of, pem_of, signing_key
from gallery.evidence.manifest import (
    FORMAT,
    MANIFEST,
    MOST_IMAGES,
    PUBLIC_KEY,
    SIGNATURE,
    SUMS,
    ChainEnd,
    EvidenceInvalid,
    Manifest,
    Member,
    json_file,
    sums,
)
from gallery.evidence.page import page
from gallery.evidence.records import Original, Records, records
from gallery.media import rendition_cache
from gallery.media.store import BLOCK_BYTES, Store
from gallery.models import audit
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.original import source_of
from gallery.present.archive import Names

_PICTURE = "600.jpg"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that is ready to be sent."""

    stream: ZipStream
    size_bytes: int
    manifest: Manifest


class _File(NamedTuple):
    member: Member
    content: bytes | Path


def pack(images: Sequence[Image], seen: Scope, settings: Settings, made_by: str) -> Pack:
    """Of these images, in this order, for somebody who may see so much.

    Raises EvidenceInvalid for none, or for too many.
    """
    if not images:
        raise EvidenceInvalid("There is no image to pack. Those that you had chosen may be gone.")
    if len(images) > MOST_IMAGES:
        raise EvidenceInvalid(f"That is more than {MOST_IMAGES:,} images. Choose fewer for one pack.")
    head, key = audit.head(db.session()), signing_key(settings)
    found = _originals(images, settings)
    told = records(images, [found[image.sha256 or ""] for image in images], seen, settings)
    files = [*_stored(found, settings), *_pictures(images, settings)]
    files += [_file(name, content) for name, content in _texts(told, images, head).items()]
    files.append(_file(PUBLIC_KEY, pem_of(key.public_key())))
    manifest = Manifest(
        format=FORMAT,
        made_at=time_text(datetime.now(UTC)),
        made_by=made_by,
        gallery=settings.public_url,
        image_count=len(images),
        chain_head=ChainEnd(*head),
        public_key=hex_of(key.public_key()),
        files=[],
    )
    shown = {file.member.name for file in files if file.member.name.startswith("pictures/")}
    files.append(_file("index.html", page(told, manifest, shown)))
    files.append(_file(SUMS, sums(file.member for file in files)))
    manifest = msgspec.structs.replace(manifest, files=[file.member for file in files])
    files += [_file(MANIFEST, manifest.content), _file(SIGNATURE, key.sign(manifest.content))]
    stream = _stream(files)
    return Pack(stream, len(stream), manifest)


def _texts(told: Records, images: Sequence[Image], head: Head) -> dict[str, bytes]:
    lines = slice_lines(db.session.connection(), {image.id for image in images}, head)
    return {
        "images.json": json_file(told.images),
        "claims.json": json_file(told.claims),
        "decisions.json": json_file(told.decisions),
        "credentials.json": json_file(told.credentials),
        "chain.jsonl": b"".join(lines),
    }


def _originals(images: Sequence[Image], settings: Settings) -> dict[str, Original]:
    """By their digest at upload; each is read once to see what is there now."""
    names, store = Names(), Store(settings.originals)
    found = {"": Original("missing", "", "", 0)}
    for image in images:
        if image.sha256 is not None and image.sha256 not in found:
            found[image.sha256] = _original(store.path_of(image.sha256), image, names)
    return found


def _original(path: Path, image: Image, names: Names) -> Original:
    digest, size_bytes = sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                digest.update(block)
                size_bytes += len(block)
    except FileNotFoundError:
        return Original("missing", "", "", 0)
    state = "whole" if digest.hexdigest() == image.sha256 else "damaged"
    name = f"originals/{names.free(image.filename, image.format)}"
    return Original(state, name, digest.hexdigest(), size_bytes)


def _stored(found: dict[str, Original], settings: Settings) -> list[_File]:
    store = Store(settings.originals)
    return [
        _File(Member(original.name, original.size_bytes, original.sha256), store.path_of(at_upload))
        for at_upload, original in found.items()
        if original.name
    ]


def _pictures(images: Sequence[Image], settings: Settings) -> list[_File]:
    """Those that are at hand; none is made for a pack, and of a thousand none is held."""
    files = []
    for image in images:
        source = source_of(image, settings)
        picture = source and rendition_cache.find(source.folder, _PICTURE)
        if source and picture:
            member = Member.of(f"pictures/{image.id}.jpg", picture.content)
            files.append(_File(member, rendition_cache.place_of(source.folder, picture)))
    return files


def _file(name: str, content: bytes) -> _File:
    return _File(Member.of(name, content), content)


def _stream(files: Sequence[_File]) -> ZipStream:
    stream = ZipStream(sized=True)
    for file in files:
        if isinstance(file.content, Path):
            stream.add_path(str(file.content), file.member.name, recurse=False)
        else:
            stream.add(file.content, file.member.name)
    return stream
