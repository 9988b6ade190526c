"""What left which album, and how far back the change feed knows it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site", sa.Column("forgotten_seq", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "departure",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("image_id", sa.String(length=36), nullable=False),
        sa.Column("album_number", sa.BigInteger(), nullable=False),
        sa.Column("album_id", sa.Text(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_departure"),
    )
    op.create_index("ix_departure_album_seq", "departure", ["album_number", "seq"])
    op.create_index("ix_departure_left_at", "departure", ["left_at"])
    op.create_index("ix_sync_document_album_seq", "sync_document", ["album_number", "seq"])


def downgrade() -> None:
    op.drop_index("ix_sync_document_album_seq", "sync_document")
    op.drop_table("departure")
    op.drop_column("site", "forgotten_seq")
