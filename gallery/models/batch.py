"""One thing done to many images, image by image, so that it can be stopped, gone on with and undone."""

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.models.text import storable
from gallery.models.user import User

MOST_IMAGES = 200_000
"""Of one batch."""


class BatchInvalid(GalleryError):
    """What is asked for many images cannot be done."""

    code = "batch_invalid"
    status = 422


class Deed(StrEnum):
    """What is done to each image."""

    PUT_ON = "put-on"
    TAKE_OFF = "take-off"
    MOVE = "move"
    TITLE = "title"
    TRASH = "trash"
    PROCESS = "process"
    APPROVE = "approve"
    """A verdict on those that nothing speaks against."""
    DOWNLOAD = "download"
    """Nothing: the batch says what is taken along."""
    EVIDENCE = "evidence"
    """Nothing as well: what is known of them is taken along with them."""
    UNDO = "undo"
    """What the batch that it undoes has done."""


TAKEN_ALONG = (Deed.DOWNLOAD, Deed.EVIDENCE)


class Batch(Model):
    """What was asked, of which images, and how far it is."""

    __tablename__ = "batch"

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    user_number: Mapped[int] = mapped_column(sa.ForeignKey("user.number", ondelete="CASCADE"))
    deed: Mapped[Deed] = mapped_column(
        sa.Enum(Deed, native_enum=False, length=20, values_callable=lambda deeds: [d.value for d in deeds])
    )
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """`tag`, `title`, or `album_number` and `album_name`."""
    back: Mapped[str] = mapped_column(default="/")
    """Path of the page that it was asked on."""
    total: Mapped[int] = mapped_column(default=0)
    undoes_number: Mapped[int | None] = mapped_column(sa.ForeignKey("batch.number", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    """None: images are waiting."""
    trouble: Mapped[str | None]
    """Why it ended before its end, in words."""

    user: Mapped[User] = relationship()


class BatchItem(Model):
    """One image of a batch."""

    __tablename__ = "batch_item"
    __table_args__ = (
        sa.Index(
            "ix_batch_item_waiting",
            "batch_number",
            "place",
            sqlite_where=sa.text("is_done = 0"),
            postgresql_where=sa.text("NOT is_done"),
        ),
    )

    batch_number: Mapped[int] = mapped_column(
        sa.ForeignKey("batch.number", ondelete="CASCADE"), primary_key=True
    )
    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True, index=True
    )
    place: Mapped[int]
    """0-based, in the order of the page."""
    is_done: Mapped[bool] = mapped_column(default=False)
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What the image was before it was changed; None: not changed."""


def create_batch(
    user: User, deed: Deed, details: dict[str, Any], condition: Condition, back: str, order: tuple[Any, ...]
) -> Batch:
    """A batch of the images of which the condition holds, in this order. Raises BatchInvalid for none."""
    batch = Batch(user_number=user.number, deed=deed, details=details, back=storable(back)[:4000])
    db.session.add(batch)
    db.session.flush()
    place = sa.func.row_number().over(order_by=order) - 1
    chosen = sa.select(sa.literal(batch.number), Image.number, place, sa.false()).where(condition)
    return _filled(batch, chosen)


def create_undoing(batch: Batch, user: User) -> Batch:
    """A batch that gives back to each image what this one took. Raises BatchInvalid."""
    if batch.deed in (Deed.PROCESS, *TAKEN_ALONG, Deed.UNDO):
        raise BatchInvalid("This cannot be undone.")
    undoing = Batch(user_number=user.number, deed=Deed.UNDO, back=batch.back, undoes_number=batch.number)
    db.session.add(undoing)
    db.session.flush()
    changed = sa.select(
        sa.literal(undoing.number), BatchItem.image_number, BatchItem.place, sa.false()
    ).where(BatchItem.batch_number == batch.number, BatchItem.before.is_not(None))
    return _filled(undoing, changed)


def _filled(batch: Batch, chosen: sa.Select[*tuple[Any, ...]]) -> Batch:
    columns = ("batch_number", "image_number", "place", "is_done")
    db.session.execute(sa.insert(BatchItem).from_select(columns, chosen))
    batch.total = count_items(batch)
    if not batch.total:
        raise BatchInvalid("Choose at least one photograph. Those that you had chosen may be gone.")
    if batch.total > MOST_IMAGES:
        raise BatchInvalid("That is more than %(most)s photographs. Narrow the filter.", most=MOST_IMAGES)
    return batch


def count_items(batch: Batch, *conditions: sa.ColumnExpressionArgument[bool]) -> int:
    """How many of its images are so."""
    of_batch = (BatchItem.batch_number == batch.number, *conditions)
    return db.session.scalar(sa.select(sa.func.count()).select_from(BatchItem).where(*of_batch)) or 0


def waiting_items(batch: Batch, limit: int) -> list[BatchItem]:
    """The next that nothing was done to."""
    waiting = (
        sa.select(BatchItem)
        .where(BatchItem.batch_number == batch.number, sa.not_(BatchItem.is_done))
        .order_by(BatchItem.place)
        .limit(limit)
    )
    return list(db.session.scalars(waiting))


def find_batch(batch_id: str) -> Batch | None:
    """The batch with this id."""
    return db.session.scalar(sa.select(Batch).where(Batch.id == storable(batch_id)))


def unended_numbers() -> list[int]:
    """Of the batches that are not over, oldest first."""
    unended = sa.select(Batch.number).where(Batch.ended_at.is_(None)).order_by(Batch.number)
    return list(db.session.scalars(unended))
