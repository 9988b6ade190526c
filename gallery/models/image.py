"""One picture: the row, what it means, and where it stands among the others."""

import secrets
import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, lazyload, mapped_column, relationship

from gallery.db import Model, NumberKey, db
from gallery.location import tile
from gallery.location.position import Position, believed
from gallery.models.album import Album
from gallery.models.claim import SOURCE, Claim, Source
from gallery.models.origin import Origin
from gallery.models.review_state import REVIEW_STATE, ReviewState
from gallery.models.user import User

UNPLACED = 2**31 - 1
"""The position of an image that nobody put in a place of its own: after all that have one."""
UNKNOWN_COLOUR = "#7D7D7D"
_TAKEN = sa.text("coalesce(taken_at, created_at)")
_WAITING = " AND processing_error IS NULL AND trashed_at IS NULL"


def now() -> datetime:
    """This instant, in the whole milliseconds that the sync document shows."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _partial(name: str, *columns: str, where: str, sqlite: str = "") -> sa.Index:
    """An index of the few rows of which the condition holds; unused where a query has it in other words."""
    return sa.Index(name, *columns, postgresql_where=sa.text(where), sqlite_where=sa.text(sqlite or where))


class Image(Model):
    """A picture in an album. Pixel numbers are of the upright original unless they say otherwise."""

    __tablename__ = "image"
    __table_args__ = (
        sa.Index("ix_image_album_order", "album_number", "position", "created_at", "id", "trashed_at"),
        sa.Index("ix_image_album_taken", "album_number", _TAKEN, "id"),
        sa.Index("ix_image_album_added", "album_number", "created_at", "id"),
        sa.Index("ix_image_taken", _TAKEN, "id"),
        sa.Index("ix_image_added", "created_at", "id"),
        sa.Index("ix_image_content", "sha256", "album_number"),
        sa.Index("ix_image_map", "album_number", "map_key"),
        sa.Index("ix_image_group", "group_id"),
        sa.Index("ix_image_review", "review", "worst_flag", "created_at", "id"),
        _partial("ix_image_origin", "origin_number", "number", where="origin_number IS NOT NULL"),
        _partial(
            "ix_image_waiting", "number", where=f"NOT processed{_WAITING}", sqlite=f"processed = 0{_WAITING}"
        ),
        _partial("ix_image_place", "map_key", where="map_key IS NOT NULL"),
        _partial("ix_image_trash", "trashed_at", "number", where="trashed_at IS NOT NULL"),
    )

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    album_number: Mapped[int] = mapped_column(sa.ForeignKey("album.number"))
    uploader_number: Mapped[int | None] = mapped_column(sa.ForeignKey("user.number", ondelete="SET NULL"))
    """None: imported without a person, or a person who is gone."""
    user_sfid: Mapped[str | None]
    origin_number: Mapped[int | None] = mapped_column(sa.ForeignKey(Origin.number, ondelete="SET NULL"))
    """The server that it is mirrored from; None: it came to this one."""
    position: Mapped[int] = mapped_column(default=UNPLACED)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    """Name of the original in the store; None: the record came without its file."""
    size_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    format: Mapped[str] = mapped_column(sa.String(20))
    page: Mapped[int | None]
    """1-based page of a file with several; None: the file is one picture."""
    group_id: Mapped[str | None]
    filename: Mapped[str]
    """As uploaded, without extension."""
    infos: Mapped[dict[str, Any]]
    exifs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    metadatas: Mapped[dict[str, Any]] = mapped_column(default=dict)
    title: Mapped[str | None]
    description: Mapped[str | None]

    original_width_px: Mapped[int]
    original_height_px: Mapped[int]
    rotation: Mapped[int] = mapped_column(default=0)
    """Degrees clockwise: 0, 90, 180 or 270."""
    crop_x: Mapped[float] = mapped_column(sa.Double(), default=0.0)
    crop_y: Mapped[float] = mapped_column(sa.Double(), default=0.0)
    crop_w: Mapped[float] = mapped_column(sa.Double(), default=0.0)
    """0.0: not cropped."""
    crop_h: Mapped[float] = mapped_column(sa.Double(), default=0.0)
    colour: Mapped[str] = mapped_column(sa.String(7), default=UNKNOWN_COLOUR)
    """Dominant colour, #RRGGBB."""

    taken_at: Mapped[datetime | None]
    taken_offset_s: Mapped[int] = mapped_column(default=0)
    """Seconds east of UTC of the clock on the wall when the picture was taken."""
    latitude: Mapped[float | None] = mapped_column(sa.Double())
    """Of the believed position; None: no claim is believed."""
    longitude: Mapped[float | None] = mapped_column(sa.Double())
    map_key: Mapped[int | None] = mapped_column(sa.BigInteger)
    """`tile.key_of` the believed position."""
    ip_country: Mapped[str | None] = mapped_column(sa.String(2))
    """Two letters (ISO 3166-1) of where the uploader's address is; None: nobody asked, or knows."""
    worst_flag: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    """Severity of the gravest doubt; 0: there is none."""
    review: Mapped[ReviewState] = mapped_column(REVIEW_STATE, default=ReviewState.UNREVIEWED)
    trusted: Mapped[Source | None] = mapped_column(SOURCE)
    """The source that a verdict in force says to believe; None: the usual order decides."""

    processed: Mapped[bool] = mapped_column(default=False)
    processing_error: Mapped[str | None]
    """A sentence for people; None: not failed (yet)."""
    processed_version: Mapped[int] = mapped_column(default=0)
    """As of `gallery.derivation`; 0: by none, or by one before they were counted."""
    delivery_name: Mapped[str] = mapped_column(
        sa.String(64), unique=True, default=lambda: secrets.token_hex(6)
    )
    delivery_version: Mapped[int] = mapped_column(sa.BigInteger)
    delivery_extension: Mapped[str] = mapped_column(sa.String(10), default="jpg")
    trashed_at: Mapped[datetime | None]
    """When it was put into the trash; None: it is not there. What the trash holds, nobody sees elsewhere."""
    trashed_by_number: Mapped[int | None] = mapped_column(sa.ForeignKey("user.number", ondelete="SET NULL"))
    """None: not in the trash, or put there by a person who is gone."""

    album: Mapped[Album] = relationship(lazy="joined", innerjoin=True, foreign_keys=[album_number])
    uploader: Mapped[User | None] = relationship(foreign_keys=[uploader_number])
    trashed_by: Mapped[User | None] = relationship(foreign_keys=[trashed_by_number])
    claims: Mapped[list[Claim]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def believed_position(self) -> Position | None:
        """(latitude, longitude) of the claim that was believed."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

    def place(self, position: Position | None) -> None:
        """Set the believed position and the cell it is drawn in."""
        self.latitude, self.longitude = position or (None, None)
        self.map_key = None if position is None else tile.key_of(position)

    def derive_position(self, precedence: tuple[str, ...]) -> None:
        """Believe the source that a verdict trusts, else the one that comes first in the precedence."""
        claim = believed(self.claims, self.precedence(precedence))
        self.place(None if claim is None else claim.position)

    def precedence(self, usual: tuple[str, ...]) -> tuple[str, ...]:
        """Whom to believe about this image, best first."""
        return usual if self.trusted is None else (self.trusted, *usual)

    @property
    def taken_wall_time(self) -> datetime | None:
        """When it was taken, by the clock that hung there."""
        zone = timezone(timedelta(seconds=self.taken_offset_s or 0))
        return None if self.taken_at is None else self.taken_at.astimezone(zone)

    @property
    def is_cropped(self) -> bool:
        """Whether less than the whole original is shown."""
        return self.crop_w > 0 and self.crop_h > 0

    @property
    def shown_size_px(self) -> tuple[int, int]:
        """(width, height) after crop and then rotation."""
        width, height = self.original_width_px, self.original_height_px
        if self.is_cropped:
            width, height = round(self.crop_w), round(self.crop_h)
        return (height, width) if self.rotation % 180 else (width, height)

    @property
    def label(self) -> str:
        """What people call it: the title, or else the file's name."""
        return self.title or self.filename


def untrashed() -> sa.ColumnElement[bool]:
    """The images that are not in the trash. Every query of images says this, or why it need not."""
    return Image.trashed_at.is_(None)


def find_image(image_id: str) -> Image | None:
    """The image with this id, unless it is in the trash."""
    return db.session.scalar(_BY_ID, {"id": image_id})


_BY_ID = sa.select(Image).where(Image.id == sa.bindparam("id"), untrashed()).options(lazyload(Image.claims))
"""Most who ask look at no claims."""


def find_images(image_ids: Collection[str]) -> Sequence[Image]:
    """Those of the images that are there, in no order."""
    return db.session.scalars(sa.select(Image).where(Image.id.in_(image_ids), untrashed())).all()
