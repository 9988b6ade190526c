"""Personal tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "personal_token",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_number", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.String(length=20), nullable=False),
        sa.Column("password_mark", sa.String(length=12), nullable=False),
        sa.Column("scopes", sa.String(length=60), nullable=False),
        sa.Column("is_everywhere", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("last_used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_personal_token_user_number_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_personal_token"),
        sa.UniqueConstraint("id", name="uq_personal_token_id"),
        sa.UniqueConstraint("digest", name="uq_personal_token_digest"),
    )
    op.create_index("ix_personal_token_user_number", "personal_token", ["user_number"])
    op.create_table(
        "personal_token_album",
        sa.Column("token_number", NUMBER, nullable=False),
        sa.Column("album_number", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["token_number"],
            ["personal_token.number"],
            name="fk_personal_token_album_token_number_personal_token",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["album_number"],
            ["album.number"],
            name="fk_personal_token_album_album_number_album",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_number", "album_number", name="pk_personal_token_album"),
    )
    op.create_index("ix_personal_token_album_album_number", "personal_token_album", ["album_number"])


def downgrade() -> None:
    op.drop_table("personal_token_album")
    op.drop_table("personal_token")
