"""That an image left an album: told to those who saw it there and do not see where it is now."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, db
from gallery.models.album import Album
from gallery.models.document import Site, SyncDocument
from gallery.models.image import Image

KEPT = timedelta(days=30)
"""How long deletions and departures can be told."""


class Departure(Model):
    """One image, out of one album."""

    __tablename__ = "departure"
    __table_args__ = (sa.Index("ix_departure_album_seq", "album_number", "seq"),)

    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    """In one order with the documents' numbers."""
    image_id: Mapped[str] = mapped_column(sa.String(36))
    album_number: Mapped[int] = mapped_column(sa.BigInteger)
    """No reference: the album may be gone."""
    album_id: Mapped[str]
    left_at: Mapped[datetime] = mapped_column(index=True)


def record(departed: Iterable[tuple[int, str, int, str]], left_at: datetime) -> None:
    """Note, in the transaction under way, departures as (seq, image id, album's number, album's id)."""
    rows = [
        {"seq": seq, "image_id": image_id, "album_number": number, "album_id": album_id, "left_at": left_at}
        for seq, image_id, number, album_id in departed
    ]
    if rows:
        db.session.execute(sa.insert(Departure), rows)


def replace_deleted(album: Album) -> None:
    """Note the deletions from an album of no images as departures, because the album itself shall go.

    They keep their numbers, so that nobody is told twice and nobody misses one.
    """
    deleted = SyncDocument.album_number == album.number, SyncDocument.deleted_at.is_not(None)
    rows = sa.select(
        SyncDocument.seq,
        SyncDocument.image_id,
        SyncDocument.album_number,
        sa.literal(album.id, sa.Text),
        SyncDocument.deleted_at,
    ).where(*deleted)
    names = ["seq", "image_id", "album_number", "album_id", "left_at"]
    db.session.execute(sa.insert(Departure).from_select(names, rows, include_defaults=False))
    db.session.execute(sa.delete(SyncDocument).where(*deleted))


def forget_before(moment: datetime) -> int:
    """Delete what left or was deleted before the moment, in the writing transaction under way: how many rows.

    What the trash still holds is not over. The site remembers the highest number forgotten, so that a
    cursor older than it is told so.
    """
    old_departures = Departure.left_at < moment
    is_in_trash = sa.exists().where(Image.id == SyncDocument.image_id)
    old_deletions = sa.and_(SyncDocument.deleted_at < moment, ~is_in_trash)
    highest = max(
        db.session.scalar(sa.select(sa.func.max(Departure.seq)).where(old_departures)) or 0,
        db.session.scalar(sa.select(sa.func.max(SyncDocument.seq)).where(old_deletions)) or 0,
    )
    if not highest:
        return 0
    counts = [
        db.session.execute(sa.delete(table).where(old)).rowcount  # type: ignore[attr-defined]
        for table, old in ((Departure, old_departures), (SyncDocument, old_deletions))
    ]
    db.session.execute(sa.update(Site).where(Site.forgotten_seq < highest).values(forgotten_seq=highest))
    return sum(counts)
