"""The flags of each image; those of images that are there are found when the gallery starts."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "flag",
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_flag_image_number_image", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_number", "rank", name="pk_flag"),
    )
    op.create_index("ix_flag_code", "flag", ["code", "image_number"])
    op.add_column("site", sa.Column("flag_recipe", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("site", "flag_recipe")
    op.drop_table("flag")
    op.execute("UPDATE image SET worst_flag = 0")
