"""Things that are done to many images."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_number", NUMBER, nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("back", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("undoes_number", NUMBER, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_batch_user_number_user", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undoes_number"], ["batch.number"], name="fk_batch_undoes_number_batch", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_batch"),
        sa.UniqueConstraint("id", name="uq_batch_id"),
    )
    op.create_index("ix_batch_ended_at", "batch", ["ended_at"])
    op.create_table(
        "batch_item",
        sa.Column("batch_number", NUMBER, nullable=False),
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_number"], ["batch.number"], name="fk_batch_item_batch_number_batch", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_batch_item_image_number_image", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_number", "image_number", name="pk_batch_item"),
    )
    op.create_index("ix_batch_item_image_number", "batch_item", ["image_number"])
    op.create_index(
        "ix_batch_item_waiting",
        "batch_item",
        ["batch_number", "place"],
        sqlite_where=sa.text("is_done = 0"),
        postgresql_where=sa.text("NOT is_done"),
    )


def downgrade() -> None:
    op.drop_table("batch_item")
    op.drop_table("batch")
