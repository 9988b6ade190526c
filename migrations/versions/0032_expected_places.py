"""Albums say where their pictures are expected."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("album", sa.Column("place", sa.JSON(), nullable=True))
    op.add_column("album", sa.Column("flagged_up_to", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("album", "flagged_up_to")
    op.drop_column("album", "place")
