"""The stored bytes of each image's sync record, and the counter that orders every change."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.models.album import Membership, is_in_most_albums
from gallery.models.user import User, Viewer


class SyncDocument(Model):
    """One image's record as the sync API answers it, written in the transaction of the change."""

    __tablename__ = "sync_document"
    __table_args__ = (
        sa.Index("ix_sync_document_order", "position", "created_at", "image_id"),
        sa.Index("ix_sync_document_album_order", "album_number", "position", "created_at", "image_id"),
        sa.Index(
            "ix_sync_document_deleted",
            "deleted_at",
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
        ),
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
    store_id: Mapped[str | None] = mapped_column(sa.String(32))
    """Stands in the marker of the originals' folder too; None: no folder is marked yet."""


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


def bodies(connection: sa.Connection, viewer: User | Viewer, image_ids: Sequence[str]) -> Sequence[bytes]:
    """Those of the documents that the person may see, in the contract's order."""
    return connection.execute(_NAMED, _seen_by(viewer) | {"image_ids": image_ids}).scalars().all()


def stream_bodies(engine: sa.Engine, viewer: User | Viewer, batch: int = 50) -> Iterator[Sequence[bytes]]:
    """All that the person may see, in that order, in batches; the connection ends with the iteration."""
    with engine.connect() as connection:
        in_most = viewer.is_admin or is_in_most_albums(connection, viewer)
        streaming = connection.execution_options(stream_results=True, yield_per=batch)
        rows = streaming.execute(_ALL if in_most else _ALL_OF_FEW, _seen_by(viewer)).scalars()
        yield from rows.partitions(batch)


def _seen_by(viewer: User | Viewer) -> dict[str, Any]:
    return {"is_admin": viewer.is_admin, "user_number": viewer.number}


_IN_ORDER = (
    sa.select(sa.type_coerce(SyncDocument.body, sa.LargeBinary))
    .where(SyncDocument.deleted_at.is_(None))
    .order_by(SyncDocument.position, SyncDocument.created_at, SyncDocument.image_id)
)
_IS_OWN = Membership.user_number == sa.bindparam("user_number")
_VISIBLE = sa.or_(
    sa.bindparam("is_admin", type_=sa.Boolean),
    sa.exists().where(Membership.album_number == SyncDocument.album_number, _IS_OWN),
)
"""Looked up document by document. As a list of albums SQLite would read all of these for a hundred ids."""

_NAMED = _IN_ORDER.where(SyncDocument.image_id.in_(sa.bindparam("image_ids", expanding=True)), _VISIBLE)
_ALL = _IN_ORDER.where(_VISIBLE)
"""In the order of the index: the first row comes at once, and what may not be seen is passed over."""
_OWN_ALBUMS = sa.select(Membership.album_number).where(_IS_OWN)
_ALL_OF_FEW = _IN_ORDER.where(SyncDocument.album_number.in_(_OWN_ALBUMS))
"""Only those albums' documents are read, then sorted."""
