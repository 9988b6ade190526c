"""Albums change and go; answers to calls that create are kept for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    long_ago = sa.text("'1970-01-01 00:00:00.000000'")
    op.add_column("album", sa.Column("updated_at", TIME, nullable=False, server_default=long_ago))
    op.execute("UPDATE album SET updated_at = created_at")
    op.add_column("site", sa.Column("gone_album_number", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "kept_answer",
        sa.Column("user_number", NUMBER, nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("claimed_at", TIME, nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_kept_answer_user_number_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_number", "key_digest", name="pk_kept_answer"),
    )
    op.create_index("ix_kept_answer_claimed_at", "kept_answer", ["claimed_at"])


def downgrade() -> None:
    op.drop_table("kept_answer")
    op.drop_column("site", "gone_album_number")
    op.drop_column("album", "updated_at")
