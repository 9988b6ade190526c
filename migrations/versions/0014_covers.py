"""An album's cover, and albums that are put away."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # in words, because a table that others refer to must not be made anew on SQLite
    number, time = ("BIGINT", "TIMESTAMP WITH TIME ZONE") if _is_postgresql() else ("INTEGER", "DATETIME")
    op.execute(
        f"ALTER TABLE album ADD COLUMN cover_number {number} REFERENCES image (number) ON DELETE SET NULL"
    )
    op.execute(f"ALTER TABLE album ADD COLUMN archived_at {time}")
    op.create_index(
        "ix_album_cover",
        "album",
        ["cover_number"],
        sqlite_where=sa.text("cover_number IS NOT NULL"),
        postgresql_where=sa.text("cover_number IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_album_cover", "album")
    op.drop_column("album", "archived_at")
    op.drop_column("album", "cover_number")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
