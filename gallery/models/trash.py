"""What lies in the trash, and what is looked for there too."""

from datetime import timedelta

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Album
from gallery.models.image import Image, now, untrashed


def find_trashed_image(image_id: str) -> Image | None:
    """The image with this id, in the trash."""
    return db.session.scalar(sa.select(Image).where(Image.id == image_id, sa.not_(untrashed())))


def find_image_or_trashed(image_id: str) -> Image | None:
    """The image with this id, wherever it is."""
    return db.session.scalar(sa.select(Image).where(Image.id == image_id))


def same_content(sha256: str, album: Album) -> sa.Select[Image]:
    """The album's images (pages), trashed ones too, made of these bytes: of each page the oldest first."""
    return (
        sa.select(Image)
        .where(Image.sha256 == sha256, Image.album_number == album.number)
        .order_by(Image.page, Image.number)
    )


def overdue_numbers(trash_days: int) -> sa.Select[int]:
    """Numbers of the images that have been in the trash for so long, the longest first."""
    since = now() - timedelta(days=trash_days)
    return sa.select(Image.number).where(Image.trashed_at <= since).order_by(Image.trashed_at)


def is_named(sha256: str, page: int | None = None) -> bool:
    """Whether any image, trashed or not, is made of these bytes; with a page, of that page."""
    named = sa.select(Image.number).where(Image.sha256 == sha256)
    if page is not None:
        named = named.where(sa.func.coalesce(Image.page, 1) == page)
    return db.session.scalar(named.limit(1)) is not None
