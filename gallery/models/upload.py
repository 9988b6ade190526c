"""A file that is being brought in pieces, and how that ended."""

import base64
import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gallery.db import Model, db
from gallery.errors import GalleryError
from gallery.models.album import Album
from gallery.models.text import storable
from gallery.models.user import User

LIFETIME = timedelta(hours=24)
REMEMBERED = timedelta(days=7)
"""How long an upload that is over, or too old, can still be asked about."""


class Result(StrEnum):
    """How an upload ended."""

    ADDED = "added"
    ALREADY_THERE = "already-there"
    REFUSED = "refused"
    EXPIRED = "expired"


class BadUploadMetadata(GalleryError):
    """The metadata of a resumable upload cannot be read."""

    code = "bad_upload_metadata"


class ResumableUpload(Model):
    """Its bytes lie in a file of its own; that file's size says how many have arrived."""

    __tablename__ = "resumable_upload"
    __table_args__ = (sa.Index("ix_resumable_upload_expires_at", "expires_at"),)

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True, default=lambda: str(uuid.uuid4()))
    user_number: Mapped[int] = mapped_column(sa.ForeignKey("user.number", ondelete="CASCADE"))
    album_number: Mapped[int] = mapped_column(sa.ForeignKey("album.number", ondelete="CASCADE"))
    length_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    metadata_header: Mapped[str] = mapped_column(default="")
    """The client's Upload-Metadata to the letter, because it may ask for it again."""
    address: Mapped[str] = mapped_column(default="")
    """From which it was begun; empty where nobody asks where addresses are."""
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    expires_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC) + LIFETIME)
    result: Mapped[Result | None] = mapped_column(
        sa.Enum(
            Result, native_enum=False, length=20, values_callable=lambda results: [r.value for r in results]
        )
    )
    """None: not over."""
    image_ids: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Of what was added or was already there, in order of pages."""
    refusal: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """`status`, `code` and `error` of the answer; None: not refused."""

    user: Mapped[User] = relationship()
    album: Mapped[Album] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether bytes are still wanted, or whether what arrived was not looked at yet."""
        return self.result is None

    @property
    def is_too_old(self) -> bool:
        """Whether its time is over. One that ended before that is remembered with its result."""
        return self.result is Result.EXPIRED or (self.is_open and self.expires_at <= datetime.now(UTC))

    @property
    def metadata_fields(self) -> list[tuple[str, str]]:
        """The metadata in words."""
        return decode_metadata(self.metadata_header)

    def end(self, result: Result, image_ids: list[str]) -> None:
        """The file was kept."""
        self.result, self.image_ids = result, image_ids

    def refuse(self, error: GalleryError) -> None:
        """The file was not kept, and never will be."""
        self.result = Result.REFUSED
        self.refusal = {"status": error.status, "code": error.code, "error": str(error)}


def decode_metadata(header: str) -> list[tuple[str, str]]:
    """(key, value) pairs of an Upload-Metadata header (tus 1.0.0, Creation). Raises BadUploadMetadata."""
    fields: dict[str, str] = {}
    for part in filter(None, (part.strip(" ") for part in header.split(","))):
        key, _, encoded = part.partition(" ")
        if key in fields or not part.isascii():
            raise BadUploadMetadata("Upload-Metadata has a key twice, or a key that is not ASCII.")
        try:
            fields[key] = storable(base64.b64decode(encoded, validate=True).decode("utf-8", "replace"))
        except ValueError:
            raise BadUploadMetadata(f"Upload-Metadata: the value of {key[:80]!r} is not Base64.") from None
    return list(fields.items())


def find_upload(upload_id: str) -> ResumableUpload | None:
    """The upload with this id."""
    return db.session.get(ResumableUpload, storable(upload_id))


def count_open(user: User) -> int:
    """How many uploads the person has begun that are neither over nor too old."""
    is_open = sa.and_(ResumableUpload.result.is_(None), ResumableUpload.expires_at > datetime.now(UTC))
    mine = sa.select(sa.func.count()).where(is_open, ResumableUpload.user_number == user.number)
    return db.session.scalar(mine) or 0


def open_upload_ids() -> sa.Select[str]:
    """Ids of the uploads that are not over, oldest first."""
    return (
        sa.select(ResumableUpload.id)
        .where(ResumableUpload.result.is_(None))
        .order_by(ResumableUpload.expires_at)
    )


def forgettable() -> sa.ColumnElement[bool]:
    """The uploads that nobody needs to ask about any more."""
    over_since = datetime.now(UTC) - REMEMBERED
    return sa.and_(ResumableUpload.result.is_not(None), ResumableUpload.expires_at < over_since)
