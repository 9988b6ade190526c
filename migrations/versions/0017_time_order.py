"""Images by time."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

TAKEN = sa.text("coalesce(taken_at, created_at)")


def upgrade() -> None:
    op.create_index("ix_image_album_taken", "image", ["album_number", TAKEN, "id"])
    op.create_index("ix_image_album_added", "image", ["album_number", "created_at", "id"])
    op.create_index("ix_image_taken", "image", [TAKEN, "id"])
    op.create_index("ix_image_added", "image", ["created_at", "id"])


def downgrade() -> None:
    for name in ("ix_image_added", "ix_image_taken", "ix_image_album_added", "ix_image_album_taken"):
        op.drop_index(name, "image")
