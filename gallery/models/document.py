"""The stored bytes of each image's sync record, and the counter that orders every change."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.models.album import visible_album_numbers
from gallery.models.user import User


class SyncDocument(Model):
    """One image's record as the sync API answers it, written in the transaction of the change."""

    __tablename__ = "sync_document"
    __table_args__ = (
        sa.Index("ix_sync_document_order", "position", "created_at", "image_id"),
        sa.Index("ix_sync_document_album_order", "album_number", "position", "created_at", "image_id"),
    )

    image_id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    """Rises with every change; its order is the order of commits."""
    album_number: Mapped[int] = mapped_column(sa.ForeignKey("album.number"))
    position: Mapped[int]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    """None: the image is there. A deleted one keeps its row, without a body."""
    body: Mapped[bytes | None] = mapped_column(sa.LargeBinary)


class Site(Model):
    """The one row of facts about this installation."""

    __tablename__ = "site"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    last_seq: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    document_recipe: Mapped[str] = mapped_column(default="")
    """Digest of the settings that the stored documents were written with."""


def take_seqs(count: int) -> range:
    """The next `count` sequence numbers.

    The row stays locked until the transaction ends, so that the order of the numbers is the order of commits.
    """
    last = db.session.scalar(
        sa.update(Site)
        .where(Site.number == 1)
        .values(last_seq=Site.last_seq + count)
        .returning(Site.last_seq)
        .execution_options(synchronize_session=False)
    )
    if last is None:
        raise LookupError("the site's row is missing: the database was not set up by its migrations")
    return range(last - count + 1, last + 1)


def bodies(user: User, image_ids: Sequence[str]) -> Sequence[bytes]:
    """Those of the documents that the person may see, in the contract's order."""
    query = _visible(user).where(SyncDocument.image_id.in_(image_ids))
    return db.session.execute(query).scalars().all()


def stream_bodies(engine: sa.Engine, query: sa.Select[bytes], batch: int = 50) -> Iterator[Sequence[bytes]]:
    """Batches of documents over a connection of its own, which ends with the iteration."""
    with engine.connect() as connection:
        rows = connection.execution_options(stream_results=True, yield_per=batch).execute(query).scalars()
        yield from rows.partitions(batch)


def visible_bodies(user: User) -> sa.Select[bytes]:
    """Every document that the person may see, in the contract's order."""
    return _visible(user)


def _visible(user: User) -> sa.Select[bytes]:
    query = (
        sa.select(sa.type_coerce(SyncDocument.body, sa.LargeBinary))
        .where(SyncDocument.deleted_at.is_(None))
        .order_by(SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)
    )
    if user.is_admin:
        return query
    return query.where(SyncDocument.album_number.in_(visible_album_numbers(user)))
