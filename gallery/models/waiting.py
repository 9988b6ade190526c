"""Images that wait to be processed."""

import sqlalchemy as sa

from gallery.models.image import Image, untrashed


def waiting_numbers() -> sa.Select[int]:
    """Numbers of the images that the background pass has not reached, oldest first."""
    return (
        sa.select(Image.number)
        .where(
            sa.not_(Image.processed),
            Image.processing_error.is_(None),
            untrashed(),
            Image.sha256.is_not(None),
        )
        .order_by(Image.number)
    )
