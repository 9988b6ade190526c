"""The address from which an upload in pieces was begun, until it is forgotten with the upload."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE resumable_upload ADD COLUMN address TEXT NOT NULL DEFAULT ''")


def downgrade() -> None:
    op.drop_column("resumable_upload", "address")
