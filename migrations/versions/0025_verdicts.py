"""What reviewers decide."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "verdict",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column("user_number", NUMBER, nullable=True),
        sa.Column("reviewer_name", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("trusted", sa.String(length=20), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("second_of_number", NUMBER, nullable=True),
        sa.Column("undone_at", TIME, nullable=True),
        sa.Column("undone_by_number", NUMBER, nullable=True),
        sa.Column("undone_by_name", sa.Text(), nullable=True),
        _reference("image_number", "image", "CASCADE"),
        _reference("user_number", "user", "SET NULL"),
        _reference("second_of_number", "verdict", "SET NULL"),
        _reference("undone_by_number", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("number", name="pk_verdict"),
        sa.UniqueConstraint("id", name="uq_verdict_id"),
    )
    op.create_index("ix_verdict_image", "verdict", ["image_number", "number"])
    op.create_index("ix_verdict_user", "verdict", ["user_number", "image_number"])
    op.create_index("ix_image_review", "image", ["review", "worst_flag", "created_at", "id"])
    op.add_column("image", sa.Column("trusted", sa.String(length=20), nullable=True))
    op.add_column("album", sa.Column("needs_second", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.execute("ALTER TABLE album DROP COLUMN needs_second")
    op.execute("ALTER TABLE image DROP COLUMN trusted")
    op.drop_index("ix_image_review", "image")
    op.drop_table("verdict")


def _reference(column: str, table: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = f"fk_verdict_{column}_{table}"
    return sa.ForeignKeyConstraint([column], [f"{table}.number"], name=name, ondelete=on_delete)
