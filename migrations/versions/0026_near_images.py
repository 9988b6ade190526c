"""The images around a place, whichever album they are in."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_placed = sa.text("map_key IS NOT NULL")
    op.create_index(
        "ix_image_place", "image", ["map_key"], sqlite_where=is_placed, postgresql_where=is_placed
    )


def downgrade() -> None:
    op.drop_index("ix_image_place", "image")
