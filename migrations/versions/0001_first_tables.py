"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "album",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("id_digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_album"),
        sa.UniqueConstraint("id_digest", name="uq_album_id_digest"),
    )
    op.create_table(
        "site",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("document_recipe", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_site"),
    )
    op.create_table(
        "tag",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tag"),
        sa.UniqueConstraint("name_digest", name="uq_tag_name_digest"),
    )
    op.create_table(
        "user",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("admin", "reviewer", "member", name="role", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("sfid", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("tokens_valid_from", TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_user"),
        sa.UniqueConstraint("email", name="uq_user_email"),
        sa.UniqueConstraint("id", name="uq_user_id"),
    )
    op.create_table(
        "image",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("album_number", NUMBER, nullable=False),
        sa.Column("uploader_number", NUMBER, nullable=True),
        sa.Column("user_sfid", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Text(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("infos", sa.JSON(), nullable=False),
        sa.Column("exifs", sa.JSON(), nullable=False),
        sa.Column("metadatas", sa.JSON(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("original_width_px", sa.Integer(), nullable=False),
        sa.Column("original_height_px", sa.Integer(), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("crop_x", sa.Double(), nullable=False),
        sa.Column("crop_y", sa.Double(), nullable=False),
        sa.Column("crop_w", sa.Double(), nullable=False),
        sa.Column("crop_h", sa.Double(), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("taken_at", TIME, nullable=True),
        sa.Column("taken_offset_s", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("map_key", sa.BigInteger(), nullable=True),
        sa.Column("processed", sa.Boolean(), nullable=False),
        sa.Column("processing_error", sa.Text(), nullable=True),
        sa.Column("delivery_name", sa.String(length=64), nullable=False),
        sa.Column("delivery_version", sa.BigInteger(), nullable=False),
        sa.Column("delivery_extension", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["album_number"], ["album.number"], name="fk_image_album_number_album"),
        sa.ForeignKeyConstraint(
            ["uploader_number"], ["user.number"], name="fk_image_uploader_number_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_image"),
        sa.UniqueConstraint("delivery_name", name="uq_image_delivery_name"),
        sa.UniqueConstraint("id", name="uq_image_id"),
    )
    op.create_index(
        "ix_image_album_order", "image", ["album_number", "position", "created_at", "id"], unique=False
    )
    op.create_index("ix_image_content", "image", ["sha256", "album_number"], unique=False)
    op.create_index("ix_image_group", "image", ["group_id"], unique=False)
    op.create_index("ix_image_map", "image", ["album_number", "map_key"], unique=False)
    op.create_index(
        "ix_image_waiting",
        "image",
        ["number"],
        unique=False,
        postgresql_where=sa.text("NOT processed AND processing_error IS NULL"),
        sqlite_where=sa.text("NOT processed AND processing_error IS NULL"),
    )

    op.create_table(
        "membership",
        sa.Column("album_number", NUMBER, nullable=False),
        sa.Column("user_number", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["album_number"], ["album.number"], name="fk_membership_album_number_album", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_membership_user_number_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("album_number", "user_number", name="pk_membership"),
    )
    op.create_index("ix_membership_user_number", "membership", ["user_number"], unique=False)

    op.create_table(
        "sync_document",
        sa.Column("image_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("album_number", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("deleted_at", TIME, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["album_number"], ["album.number"], name="fk_sync_document_album_number_album"
        ),
        sa.PrimaryKeyConstraint("image_id", name="pk_sync_document"),
        sa.UniqueConstraint("seq", name="uq_sync_document_seq"),
    )
    op.create_index(
        "ix_sync_document_album_order",
        "sync_document",
        ["album_number", "position", "created_at", "image_id"],
        unique=False,
    )
    op.create_index(
        "ix_sync_document_order", "sync_document", ["position", "created_at", "image_id"], unique=False
    )

    op.create_table(
        "claim",
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column(
            "source",
            sa.Enum("manual", "exif", "html", "ip", name="source", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("made_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_claim_image_number_image", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_number", "source", name="pk_claim"),
    )
    op.create_table(
        "tagging",
        sa.Column("image_number", NUMBER, nullable=False),
        sa.Column("tag_number", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_number"], ["image.number"], name="fk_tagging_image_number_image", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_number"], ["tag.number"], name="fk_tagging_tag_number_tag", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_number", "tag_number", name="pk_tagging"),
    )
    op.create_index("ix_tagging_tag_number", "tagging", ["tag_number"], unique=False)
    op.execute("INSERT INTO site (number, last_seq, document_recipe) VALUES (1, 0, '')")


def downgrade() -> None:

    op.drop_table("tagging")
    op.drop_table("claim")

    op.drop_table("sync_document")

    op.drop_table("membership")

    op.drop_table("image")
    op.drop_table("user")
    op.drop_table("tag")
    op.drop_table("site")
    op.drop_table("album")
