"""Links with which people without an account see albums, filters of them, or chosen images."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("user_number", NUMBER, nullable=False),
        sa.Column("album_number", NUMBER, nullable=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("precision", sa.String(length=10), nullable=False),
        sa.Column("gives_originals", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("view_count", sa.Integer(), nullable=False),
        sa.Column("viewed_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_share_user_number_user", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["album_number"], ["album.number"], name="fk_share_album_number_album", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_share"),
        sa.UniqueConstraint("id", name="uq_share_id"),
    )
    op.create_index("ix_share_user_number", "share", ["user_number"])
    op.create_index("ix_share_album_number", "share", ["album_number"])
    op.create_table(
        "share_image",
        sa.Column("share_number", NUMBER, nullable=False),
        sa.Column("image_number", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["share_number"], ["share.number"], name="fk_share_image_share_number_share", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_share_image_image_number_image", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("share_number", "image_number", name="pk_share_image"),
    )
    op.create_index("ix_share_image_image_number", "share_image", ["image_number"])


def downgrade() -> None:
    op.drop_table("share_image")
    op.drop_table("share")
