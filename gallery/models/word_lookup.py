"""The table of images' words, asked word by word on a connection of the asker's."""

import json
from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

COMMON_SHARE, MOST_COMMON, SAMPLED = 0.005, 300, 20_000
"""A word that so many of all images have is common; how many there are at most; images that are looked at."""
SMALL = 20_000
"""Of fewer images none needs to be held: whichever are found, it takes no time."""
MOST_TERMS = 300


def numbers_with(connection: sa.Connection, word: str) -> Sequence[int]:
    """The images that have the word."""
    query, match = (_SQLITE, f'"{word}"') if _is_sqlite(connection) else (_POSTGRESQL, f"'{word}'")
    return _found(connection, query, match)


def numbers_begun(connection: sa.Connection, beginning: str, known: set[str]) -> Sequence[int]:
    """The images that have a word that begins so; those of words that are known may be left out."""
    if not _is_sqlite(connection):
        return _found(connection, _POSTGRESQL, f"'{beginning}':*")
    match = f'"{beginning}" *'
    if known:
        bounds = {"first": beginning, "end": beginning + "\U0010ffff", "most": MOST_TERMS}
        terms = connection.execute(_TERMS, bounds).scalars().all()
        if len(terms) < MOST_TERMS:
            match = " OR ".join(f'"{term}"' for term in terms if term not in known)
    return _found(connection, _SQLITE, match) if match else []


def words_on(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """By image the words that it has."""
    if _is_sqlite(connection):
        rows = connection.execute(_SQLITE_WORDS, {"numbers": list(numbers)})
        return {row[0]: row[1].split() for row in rows}
    return {row[0]: row[1] for row in connection.execute(_POSTGRESQL_WORDS, {"numbers": list(numbers)})}


def common_words(connection: sa.Connection, image_count: int) -> list[str]:
    """Words that very many of the images have, as far as a sample shows; none in a small gallery."""
    if image_count < SMALL:
        return []
    step = max(image_count // SAMPLED, 1)
    query = _SQLITE_SAMPLE if _is_sqlite(connection) else _POSTGRESQL_SAMPLE
    seen, images = Counter[str](), 0
    for text in connection.execute(query, {"step": step}).scalars():
        seen.update(text.split())
        images += 1
    return [word for word, count in seen.most_common(MOST_COMMON) if count >= COMMON_SHARE * images]


def _found(connection: sa.Connection, query: sa.TextClause, match: str) -> list[int]:
    """As one row: there may be a million numbers, and a row for each takes four times as long."""
    numbers: list[int] = json.loads(connection.execute(query, {"match": match}).scalar_one())
    return numbers


def _is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"


_NUMBERS: sa.BindParameter[int] = sa.bindparam("numbers", expanding=True)
_SQLITE = sa.text("SELECT json_group_array(rowid) FROM image_words WHERE image_words MATCH :match")
_SQLITE_WORDS = sa.text("SELECT rowid, words FROM image_words WHERE rowid IN :numbers").bindparams(_NUMBERS)
_SQLITE_SAMPLE = sa.text("SELECT words FROM image_words WHERE rowid % :step = 0")
_TERMS = sa.text("SELECT term FROM image_word WHERE term >= :first AND term < :end LIMIT :most")
_POSTGRESQL = sa.text(
    "SELECT CAST(coalesce(json_agg(image_number), '[]') AS text) FROM image_words "
    "WHERE words @@ CAST(:match AS tsquery)"
)
_POSTGRESQL_WORDS = sa.text(
    "SELECT image_number, tsvector_to_array(words) FROM image_words WHERE image_number IN :numbers"
).bindparams(_NUMBERS)
_POSTGRESQL_SAMPLE = sa.text(
    "SELECT array_to_string(tsvector_to_array(words), ' ') FROM image_words WHERE image_number % :step = 0"
)
