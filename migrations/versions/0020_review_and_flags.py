"""What an image's reviewers think of it, and how grave its worst flag is: what maps and filters ask."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("image", sa.Column("worst_flag", sa.SmallInteger(), nullable=False, server_default="0"))
    op.add_column(
        "image", sa.Column("review", sa.String(length=20), nullable=False, server_default="unreviewed")
    )


def downgrade() -> None:
    op.execute("ALTER TABLE image DROP COLUMN review")
    op.execute("ALTER TABLE image DROP COLUMN worst_flag")
