"""What filters need: marks of changed images, the words to search for, and filters that people save."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("site", sa.Column("forgotten_mark", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("site", sa.Column("word_recipe", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "saved_filter",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_number", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_number"], ["user.number"], name="fk_saved_filter_user_number_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_saved_filter"),
        sa.UniqueConstraint("id", name="uq_saved_filter_id"),
    )
    op.create_index("ix_saved_filter_user_number", "saved_filter", ["user_number"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, event in EVENTS:
        place = "" if is_sqlite else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_marked_on_{event.lower()}{place}")
    if is_sqlite:
        op.execute("DROP TRIGGER image_words_gone")
        op.drop_table("image_word")
    else:
        for function in ("mark_images", "mark_taggings", "mark_retagged", "mark_tags"):
            op.execute(f"DROP FUNCTION {function}()")
    op.drop_table("image_words")
    op.drop_table("image_mark")
    op.drop_table("saved_filter")
    op.drop_column("site", "word_recipe")
    op.drop_column("site", "forgotten_mark")


EVENTS = [(table, event) for table in ("image", "tagging", "tag") for event in ("INSERT", "UPDATE", "DELETE")]
MARK = "INSERT INTO image_mark (image_number, tag_number)"
"""A mark names an image whose row changed (and tag 0), one on which a tag changed, or a tag (and image 0)."""


def _sqlite_marks(table: str, event: str) -> str:
    rows = ["old"] if event == "DELETE" else ["new"]
    if (table, event) == ("tagging", "UPDATE"):
        rows = ["old", "new"]
    values = {
        "image": "{0}.number, 0",
        "tagging": "{0}.image_number, {0}.tag_number",
        "tag": "0, {0}.number",
    }[table]
    marks = " ".join(f"{MARK} VALUES ({values.format(row)});" for row in rows)
    return f"CREATE TRIGGER {table}_marked_on_{event.lower()} AFTER {event} ON {table} BEGIN {marks} END"


SQLITE = (
    # Writers take turns, so that the numbers rise in the order of commits; AUTOINCREMENT gives none twice.
    """
    CREATE TABLE image_mark (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, image_number INTEGER NOT NULL, tag_number INTEGER NOT NULL
    )
    """,
    *(_sqlite_marks(table, event) for table, event in EVENTS),
    # The words come folded, and between spaces: the tokenizer has nothing to decide.
    """
    CREATE VIRTUAL TABLE image_words
    USING fts5(words, tokenize = 'ascii', prefix = '1 2 3', detail = none, columnsize = 0)
    """,
    "CREATE VIRTUAL TABLE image_word USING fts5vocab(image_words, 'row')",
    "CREATE TRIGGER image_words_gone AFTER DELETE ON image BEGIN "
    "DELETE FROM image_words WHERE rowid = old.number; END",
)


def _postgresql_function(name: str, *selects: str) -> str:
    inserts = " ".join(f"{MARK} {select};" for select in selects)
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {inserts} RETURN NULL; END $$"
    )


def _postgresql_trigger(table: str, event: str) -> str:
    function = {"image": "mark_images", "tagging": "mark_taggings", "tag": "mark_tags"}[table]
    rows = f"{'OLD' if event == 'DELETE' else 'NEW'} TABLE AS changed"
    if (table, event) == ("tagging", "UPDATE"):
        function, rows = "mark_retagged", "OLD TABLE AS before NEW TABLE AS changed"
    return (
        f"CREATE TRIGGER {table}_marked_on_{event.lower()} AFTER {event} ON {table} "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


POSTGRESQL = (
    # Transactions commit in any order: a reader asks for those that its last snapshot did not see.
    """
    CREATE TABLE image_mark (
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        image_number bigint NOT NULL,
        tag_number bigint NOT NULL
    )
    """,
    "CREATE INDEX ix_image_mark_xid ON image_mark (xid)",
    _postgresql_function("mark_images", "SELECT number, 0 FROM changed"),
    _postgresql_function("mark_taggings", "SELECT image_number, tag_number FROM changed"),
    _postgresql_function(
        "mark_retagged",
        "SELECT image_number, tag_number FROM before",
        "SELECT image_number, tag_number FROM changed",
    ),
    _postgresql_function("mark_tags", "SELECT 0, number FROM changed"),
    *(_postgresql_trigger(table, event) for table, event in EVENTS),
    """
    CREATE TABLE image_words (
        image_number bigint NOT NULL CONSTRAINT pk_image_words PRIMARY KEY
            CONSTRAINT fk_image_words_image_number_image REFERENCES image (number) ON DELETE CASCADE,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_image_words_words ON image_words USING gin (words)",
)
