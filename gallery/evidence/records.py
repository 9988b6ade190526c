"""What the gallery knows of each image of a pack, as values that JSON has."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import msgspec

from gallery.chain import time_text
from gallery.config import Settings
from gallery.models.content_credentials import credentials_of
from gallery.models.image import Image
from gallery.models.scope import Scope
from gallery.models.tag import names_on
from gallery.models.verdict import verdicts_of
from gallery.present.claims.record import claims_record
from gallery.present.credential_check import check_of_credentials
from gallery.present.reviews.verdict_evidence import told
from gallery.present.reviews.verdict_record import plain, verdict_record


@dataclass(frozen=True, slots=True)
class Original:
    """The file of an image as it lies in the store now."""

    state: str
    """whole, damaged (other bytes than came), or missing."""
    name: str
    """In the pack; empty where it is missing."""
    sha256: str
    """Of the bytes that are there; empty where it is missing."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Records:
    """One object an image in each list, in the same order."""

    images: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    credentials: list[dict[str, Any]]


def records(
    images: Sequence[Image], originals: Sequence[Original], seen: Scope, settings: Settings
) -> Records:
    """Of these images, whose files are these; doubts name no other images than those that are seen."""
    tags = names_on([image.number for image in images])
    verdicts = verdicts_of([image.number for image in images])
    evidence = told([verdict for found in verdicts.values() for verdict in found], seen)
    return Records(
        [
            _image(image, original, tags[image.number])
            for image, original in zip(images, originals, strict=True)
        ],
        [msgspec.to_builtins(claims_record(image, seen, settings)) for image in images],
        [
            plain(verdict_record(verdict, image.id, settings)) | {"evidence": evidence[verdict.id]}
            for image in images
            for verdict in reversed(verdicts[image.number])
        ],
        [_credentials(image) for image in images],
    )


def _image(image: Image, original: Original, tags: list[str]) -> dict[str, Any]:
    position = image.believed_position
    return {
        "id": image.id,
        "album": {"id": image.album.id, "name": image.album.name},
        "filename": image.filename,
        "format": image.format,
        "page": image.page,
        "title": image.title,
        "description": image.description,
        "tags": tags,
        "uploader": image.uploader.name if image.uploader else None,
        "uploaded_at": time_text(image.created_at),
        "taken_at": _moment(image.taken_at),
        "sha256_at_upload": image.sha256,
        "original": asdict(original),
        "position": list(position) if position else None,
        "trusted_source": image.trusted,
        "review": image.review.value,
        "exif": image.exifs,
    }


def _credentials(image: Image) -> dict[str, Any]:
    found, check = credentials_of(image.number), check_of_credentials(image)
    summary = asdict(found) | {"signed_at": _moment(found.signed_at)} if found else None
    return {
        "image_id": image.id,
        "summary": summary,
        "level": check.level.value,
        "sentences": check.sentences,
    }


def _moment(moment: datetime | None) -> str | None:
    return time_text(moment) if moment else None
