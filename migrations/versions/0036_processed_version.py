"""Images say which version of processing they have been through."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("image", sa.Column("processed_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("site", sa.Column("renewed_up_to", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("site", "renewed_up_to")
    op.execute("ALTER TABLE image DROP COLUMN processed_version")
