"""Images can lie in a trash."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ORDER = ["album_number", "position", "created_at", "id"]
WAITING = "NOT processed AND processing_error IS NULL"
TRASHED, DELETED = "trashed_at IS NOT NULL", "deleted_at IS NOT NULL"


def upgrade() -> None:
    op.add_column("image", sa.Column("trashed_at", TIME, nullable=True))
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("image")}
    if "trashed_by_number" not in columns:
        # Alembic adds a foreign key to a table of SQLite only by making the table anew, which empties others.
        number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
        op.execute(
            f"ALTER TABLE image ADD COLUMN trashed_by_number {number} CONSTRAINT "
            'fk_image_trashed_by_number_user REFERENCES "user" (number) ON DELETE SET NULL'
        )
    op.drop_index("ix_image_album_order", "image")
    op.create_index("ix_image_album_order", "image", [*ORDER, "trashed_at"])
    op.drop_index("ix_image_waiting", "image")
    # SQLite uses a partial index only for a query in its very words, which are `processed = 0` there.
    is_unprocessed = "processed = 0" if op.get_bind().dialect.name == "sqlite" else "NOT processed"
    waiting = f"{is_unprocessed} AND processing_error IS NULL AND trashed_at IS NULL"
    _partial_index("ix_image_waiting", "image", ["number"], waiting)
    _partial_index("ix_image_trash", "image", ["trashed_at", "number"], TRASHED)
    _partial_index("ix_sync_document_deleted", "sync_document", ["deleted_at"], DELETED)


def downgrade() -> None:
    """What lies in the trash comes back. SQLite keeps a column that refers to another table, unused."""
    op.drop_index("ix_sync_document_deleted", "sync_document")
    op.drop_index("ix_image_trash", "image")
    op.drop_index("ix_image_waiting", "image")
    _partial_index("ix_image_waiting", "image", ["number"], WAITING)
    op.drop_index("ix_image_album_order", "image")
    op.create_index("ix_image_album_order", "image", ORDER)
    op.drop_column("image", "trashed_at")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_column("image", "trashed_by_number")


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
