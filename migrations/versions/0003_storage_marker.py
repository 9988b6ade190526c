"""Which folder of originals belongs to this database."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site", sa.Column("store_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column("site", "store_id")
