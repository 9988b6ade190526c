"""Which other server an image is mirrored from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


_PLACED = sa.text("origin_number IS NOT NULL")
_WHERE = {"postgresql_where": _PLACED, "sqlite_where": _PLACED}


def upgrade() -> None:
    if not sa.inspect(op.get_bind()).has_table("origin"):
        _add_origins()
    op.create_index("ix_image_origin", "image", ["origin_number", "number"], **_WHERE)


def _add_origins() -> None:
    op.create_table(
        "origin",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_digest", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("must_sweep", sa.Boolean(), nullable=False),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_origin"),
        sa.UniqueConstraint("url_digest", name="uq_origin_url_digest"),
    )
    # Written out: Alembic adds a foreign key to a table of SQLite only by making the table anew, which would
    # take with it whatever points to an image.
    op.execute(
        "ALTER TABLE image ADD COLUMN origin_number BIGINT "
        "CONSTRAINT fk_image_origin_number_origin REFERENCES origin (number) ON DELETE SET NULL"
    )


def downgrade() -> None:
    """SQLite keeps a column that refers to another table, and that table, unused."""
    op.drop_index("ix_image_origin", "image")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_column("image", "origin_number")
        op.drop_table("origin")
