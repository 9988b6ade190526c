"""The words that each image is found by: FTS5 on SQLite, a text vector on PostgreSQL.

They are taken from the image's record and written with its document; the databases only match them.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from gallery.db import db
from gallery.models import recipe, tag
from gallery.models.document import Site
from gallery.models.image import Image
from gallery.models.search_text import words_asked, words_of
from gallery.prepared import Prepared

RECIPE = "1"
"""Another one has every image's words taken anew at the next start."""
CAMERA = ("Make", "Model")
_BATCH = 500


def words_of_record(record: Mapping[str, Any]) -> list[str]:
    """Title, description, file name, tags and camera of a sync record."""
    return _words(record, record["tag_names"])


def store(words: Mapping[int, list[str]]) -> None:
    """Let images, by number, be found by these words, in the transaction under way."""
    if not words:
        return
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        changed = _store_sqlite({number: " ".join(found) for number, found in words.items()})
    else:
        rows = [{"number": number, "words": found} for number, found in words.items()]
        db.session.execute(_POSTGRESQL_STORE, rows)
        changed = list(words)
    if changed:
        _MARK.run_on(connection, [{"number": number} for number in changed])


def found_by(text: str) -> sa.ColumnElement[bool]:
    """The images that have every word of the text; the last word may be the beginning of one."""
    asked = words_asked(text)
    if not asked:
        return sa.false()
    is_sqlite = db.engine.dialect.name == "sqlite"
    found = _sqlite_numbers(asked) if is_sqlite else _postgresql_numbers(asked)
    return Image.number.in_(found)


def fill() -> int:
    """Take the words of all images, unless this was done in today's way: how many. Commits batch by batch."""
    return recipe.follow(Site.word_recipe, RECIPE, _fill_after)


def _fill_after(last: int) -> list[int]:
    columns = (Image.number, Image.title, Image.description, Image.filename, Image.exifs)
    # What lies in the trash has words, too: it may come back.
    query = sa.select(*columns).where(Image.number > last).order_by(Image.number).limit(_BATCH)
    rows = db.session.execute(query.with_for_update(of=Image)).all()
    names = tag.names_on([row.number for row in rows])
    store({row.number: _words(row._asdict(), names[row.number]) for row in rows})
    return [row.number for row in rows]


def _words(values: Mapping[str, Any], tag_names: list[str]) -> list[str]:
    texts = (values["title"], values["filename"], values["description"])
    camera = (values["exifs"].get(name) for name in CAMERA)
    return words_of(*(text for text in (*texts, *tag_names, *camera) if isinstance(text, str)))


def _store_sqlite(words: dict[int, str]) -> list[int]:
    """What stays as it is, is not written: it is most of what changes. The numbers of the others."""
    connection = db.session.connection()
    present: dict[int, str] = dict(_KNOWN.rows_on(connection, numbers=list(words)))
    changed = [number for number, text in words.items() if present.get(number) != text]
    if changed:
        rows = [{"number": number, "words": words[number]} for number in changed]
        _SQLITE_STORE.run_on(connection, rows)
    return changed


def _sqlite_numbers(asked: list[str]) -> sa.Select[int]:
    match = " AND ".join(f'"{word}"' for word in asked) + " *"
    return sa.select(_ROWID).where(_ALL_WORDS.match(match))


def _postgresql_numbers(asked: list[str]) -> sa.Select[int]:
    match = " & ".join(f"'{word}'" for word in asked) + ":*"
    return sa.select(_NUMBER).where(_WORDS.op("@@", is_comparison=True)(sa.cast(match, TSQUERY)))


_TABLE = sa.table(
    "image_words",
    sa.column("rowid", sa.Integer),
    sa.column("image_number", sa.BigInteger),
    sa.column("words", sa.Text),
)
_ROWID, _NUMBER, _WORDS = _TABLE.c.rowid, _TABLE.c.image_number, _TABLE.c.words
"""The first is SQLite's key, the second PostgreSQL's."""
_KNOWN = Prepared(
    sa.select(_ROWID, _WORDS).where(_ROWID.in_(sa.bindparam("numbers", expanding=True))), "numbers"
)
_ALL_WORDS: sa.ColumnClause[str] = sa.literal_column(_TABLE.name)
"""FTS5 takes a table's name for all of its columns; without positions it knows no others."""
_MARK = Prepared(sa.text("INSERT INTO image_mark (image_number, tag_number) VALUES (:number, 0)"))
"""As triggers leave at the image's own row: a table of FTS5 takes none."""
_SQLITE_STORE = Prepared(sa.text("REPLACE INTO image_words (rowid, words) VALUES (:number, :words)"))
_POSTGRESQL_STORE = sa.text(
    "INSERT INTO image_words (image_number, words) "
    "VALUES (:number, array_to_tsvector(CAST(:words AS text[]))) "
    "ON CONFLICT (image_number) DO UPDATE SET words = excluded.words "
    "WHERE image_words.words <> excluded.words"
)
