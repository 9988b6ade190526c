"""Uploads that come in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "resumable_upload",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_number", NUMBER, nullable=False),
        sa.Column("album_number", NUMBER, nullable=False),
        sa.Column("length_bytes", sa.BigInteger(), nullable=False),
        sa.Column("metadata_header", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "added", "already-there", "refused", "expired", name="result", native_enum=False, length=20
            ),
            nullable=True,
        ),
        sa.Column("image_ids", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["album_number"],
            ["album.number"],
            name="fk_resumable_upload_album_number_album",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_resumable_upload_user_number_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_resumable_upload"),
    )
    op.create_index("ix_resumable_upload_expires_at", "resumable_upload", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("resumable_upload")
