"""What pictures look like, when cameras and people were where, and the country of addresses.

Sightings and the flags that come of them are found when the gallery starts; fingerprints and countries are
known of what is processed or uploaded from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
BANDS = range(4)


def upgrade() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column("bits", sa.BigInteger(), nullable=False),
        *(sa.Column(f"band_{band}", sa.Integer(), nullable=False) for band in BANDS),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_fingerprint_image_number_image", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_number", name="pk_fingerprint"),
    )
    for band in BANDS:
        op.create_index(f"ix_fingerprint_band_{band}", "fingerprint", [f"band_{band}", "image_number"])
    op.create_table(
        "sighting",
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_zone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_sighting_image_number_image", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_number", "source", name="pk_sighting"),
    )
    op.create_index("ix_sighting_who", "sighting", ["who", "at", "image_number"])
    op.add_column("image", sa.Column("ip_country", sa.String(length=2), nullable=True))
    op.add_column("flag", sa.Column("other_number", NUMBER, nullable=True))
    is_there = sa.text("other_number IS NOT NULL")
    op.create_index(
        "ix_flag_other", "flag", ["other_number"], sqlite_where=is_there, postgresql_where=is_there
    )


def downgrade() -> None:
    op.drop_index("ix_flag_other", "flag")
    op.drop_column("flag", "other_number")
    op.drop_column("image", "ip_country")
    op.drop_table("sighting")
    op.drop_table("fingerprint")
