"""Runs of documents as they are sent to those who take gzip."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "document_block",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("first_position", sa.Integer(), nullable=False),
        sa.Column("first_created_at", TIME, nullable=False),
        sa.Column("first_id", sa.String(length=36), nullable=False),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("last_created_at", TIME, nullable=False),
        sa.Column("last_id", sa.String(length=36), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("length_bytes", sa.BigInteger(), nullable=False),
        sa.Column("crc", sa.BigInteger(), nullable=False),
        sa.Column("shift", sa.BigInteger(), nullable=False),
        sa.Column("deflated", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_document_block"),
    )
    first = ["first_position", "first_created_at", "first_id"]
    op.create_index("ix_document_block_first", "document_block", first)
    op.create_index(
        "ix_sync_document_live",
        "sync_document",
        ["position", "created_at", "image_id", "seq"],
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_sync_document_live", "sync_document")
    op.drop_table("document_block")
