"""The stored bytes of each image's sync record, and the counter that orders every change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.models.album import Album
from gallery.prepared import Prepared

if TYPE_CHECKING:
    from gallery.models.image import Image


class SyncDocument(Model):
    """One image's record as the sync API answers it, written in the transaction of the change."""

    __tablename__ = "sync_document"
    __table_args__ = (
        sa.Index("ix_sync_document_order", "position", "created_at", "image_id"),
        sa.Index(
            "ix_sync_document_live",
            "position",
            "created_at",
            "image_id",
            "seq",
            postgresql_where=sa.text("deleted_at IS NULL"),
            sqlite_where=sa.text("deleted_at IS NULL"),
        ),
        sa.Index("ix_sync_document_album_seq", "album_number", "seq"),
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
    forgotten_seq: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """The highest number of a deletion or departure that is not told any more."""
    gone_album_number: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """The highest number that an album had that does not exist any more."""
    forgotten_mark: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """The highest mark of a changed image, as its engine numbers them, that is forgotten."""
    word_recipe: Mapped[str] = mapped_column(default="")
    """Which way the words to search for were taken from the records."""
    flag_recipe: Mapped[str] = mapped_column(default="")
    """Digest of the thresholds that the stored flags were found with."""
    renewed_up_to: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Number of the last image of an older processing that was processed again; None: nobody asked for it."""
    store_id: Mapped[str | None] = mapped_column(sa.String(32))
    """Stands in the marker of the originals' folder too; None: no folder is marked yet."""


def take_seqs(count: int) -> range:
    """The next `count` sequence numbers.

    The row stays locked until the transaction ends, so that the order of the numbers is the order of commits.
    """
    db.session.flush()
    taken = _TAKE.rows_on(db.session.connection(), count=count)
    if not taken:
        raise LookupError("the site's row is missing: the database was not set up by its migrations")
    last: int = taken[0][0]
    return range(last - count + 1, last + 1)


def store(rows: Iterable[dict[str, Any]]) -> None:
    """Put documents, each as its columns, in the place of those that are there."""
    found = list(rows)
    if not found:
        return
    db.session.flush()
    connection = db.session.connection()
    _STORE[connection.dialect.name].run_on(connection, found)


def left_albums(images: Sequence["Image"]) -> list[tuple[str, int, str]]:
    """(image id, album's number, album's id) of the images that are in another album than their documents."""
    albums = {image.id: image.album_number for image in images}
    stored = _STORED_ALBUMS.rows_on(db.session.connection(), image_ids=list(albums))
    return [
        (image_id, number, album_id) for image_id, number, album_id in stored if albums[image_id] != number
    ]


def _putting(insert: Any) -> Prepared:
    """The statement of one engine."""
    into = insert(SyncDocument.__table__)
    given = {column.name: column for column in into.excluded if column.name != "image_id"}
    return Prepared(into.on_conflict_do_update(index_elements=["image_id"], set_=given))


_STORE = {"sqlite": _putting(sqlite.insert), "postgresql": _putting(postgresql.insert)}
_TAKE = Prepared(
    sa.update(Site.__table__)  # type: ignore[arg-type]  # a table, though it is declared as any clause
    .where(Site.number == 1)
    .values(last_seq=Site.last_seq + sa.bindparam("count", type_=sa.BigInteger))
    .returning(Site.last_seq)
)
_STORED_ALBUMS = Prepared(
    sa.select(SyncDocument.image_id, SyncDocument.album_number, Album.id)
    .join(Album, Album.number == SyncDocument.album_number)
    .where(SyncDocument.image_id.in_(sa.bindparam("image_ids", expanding=True))),
    "image_ids",
)
