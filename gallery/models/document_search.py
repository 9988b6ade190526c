"""Stored documents by what is asked of them, in the contract's order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gallery.models.album import visible_album_numbers
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest, storable
from gallery.models.user import User

ORDER = (SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)
Key = tuple[int, datetime, str]
"""Of a document in that order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents; all that is said must hold."""

    image_ids: Sequence[str] | None = None
    """None: whichever."""
    album_number: int | None = None
    tags: tuple[str, ...] = ()
    updated_since: datetime | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is asked."""
        return self == Wanted()

    def conditions(self) -> Iterator[sa.ColumnElement[bool]]:
        """Of a query of documents and their images."""
        if self.image_ids is not None:
            yield SyncDocument.image_id.in_(self.image_ids)
        if self.album_number is not None:
            yield SyncDocument.album_number == self.album_number
        if self.updated_since is not None:
            yield Image.updated_at >= self.updated_since
        for name in self.tags:
            carries = sa.select(Tagging.image_number).join(Tag)
            yield Image.number.in_(carries.where(Tag.name_digest == digest(storable(name))))


def search(user: User, wanted: Wanted) -> sa.Select[*tuple[Any, ...]]:
    """(body, position, created_at, image id) of the documents that the person may see."""
    return (
        sa.select(SyncDocument.body, *ORDER)
        .join(Image, Image.id == SyncDocument.image_id)
        .where(
            SyncDocument.deleted_at.is_(None),
            SyncDocument.album_number.in_(visible_album_numbers(user)),
            *wanted.conditions(),
        )
        .order_by(*ORDER)
    )
