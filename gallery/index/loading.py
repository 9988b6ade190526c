"""The sets, read from the database: all at once, or what marks name."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.index.image_sets import ImageRow, ImageSets
from gallery.index.marks import Mark
from gallery.models.flag import StoredFlag
from gallery.models.image import Image, untrashed
from gallery.models.scope import TAKEN
from gallery.models.tag import Tag, Tagging
from gallery.models.word_lookup import common_words, numbers_with, words_on

_ROW = sa.select(
    Image.number,
    Image.album_number,
    Image.format,
    Image.uploader_number,
    Image.map_key.is_not(None),
    sa.not_(untrashed()),
    Image.worst_flag,
    Image.review,
    *(sa.cast(sa.extract("epoch", moment), sa.BigInteger) for moment in (Image.created_at, TAKEN)),
)
_FLAG = sa.select(StoredFlag.code, StoredFlag.image_number)
_PLACE = sa.select(
    Image.number,
    Image.map_key,
    Image.latitude,
    Image.longitude,
    Image.processed,
    Image.worst_flag,
    Image.review,
).where(Image.map_key.is_not(None), untrashed())
_PAIR = sa.select(Tagging.tag_number, Tagging.image_number)
_NAME = sa.select(Tag.number, Tag.name)
FETCHED, ASKED = 200_000, 500
"""Rows held at once while everything is read, and numbers in one question."""


def load(connection: sa.Connection) -> ImageSets:
    """Everything that is committed."""
    sets = ImageSets()
    for rows in _blocks(connection, _ROW):
        sets.load(rows)
    sets.places.load(_blocks(connection, _PLACE))
    for rows in _blocks(connection, _FLAG):
        for code, image_number in rows:
            sets.flags.setdefault(code, BitMap()).add(image_number)
    for tag_number, name in connection.execute(_NAME):
        sets.name_tag(tag_number, name)
    for pairs in _blocks(connection, _PAIR):
        by_tag: dict[int, list[int]] = {}
        for tag_number, image_number in pairs:
            by_tag.setdefault(tag_number, []).append(image_number)
        for tag_number, image_numbers in by_tag.items():
            sets.put_tags(tag_number, image_numbers)
    sets.lay_tags_side_by_side()
    for word in common_words(connection, len(sets.there)):
        sets.words.hold_common(word, numbers_with(connection, word))
    return sets


def follow(connection: sa.Connection, sets: ImageSets, marks: Iterable[Mark]) -> None:
    """Let the sets be as the marked rows are now."""
    marks = list(marks)
    _follow_images(connection, sets, [image for image, tag in marks if image and not tag])
    _follow_flags(connection, sets, [image for image, tag in marks if image and not tag])
    _follow_places(connection, sets, [image for image, tag in marks if image and not tag])
    if not sets.words.is_empty:
        _follow_words(connection, sets, [image for image, tag in marks if image and not tag])
    _follow_tags(connection, sets, [tag for image, tag in marks if not image])
    _follow_pairs(connection, sets, [(tag, image) for image, tag in marks if image and tag])


def _follow_images(connection: sa.Connection, sets: ImageSets, numbers: list[int]) -> None:
    for chunk in _chunks(numbers):
        gone = set(chunk)
        for row in connection.execute(_ROW.where(Image.number.in_(chunk))):
            sets.put(ImageRow(*row))
            gone.discard(row[0])
        for number in gone:
            sets.drop(number)


def _follow_flags(connection: sa.Connection, sets: ImageSets, numbers: list[int]) -> None:
    for chunk in _chunks(numbers):
        codes: dict[int, list[str]] = {number: [] for number in chunk}
        for code, number in connection.execute(_FLAG.where(StoredFlag.image_number.in_(chunk))):
            codes[number].append(code)
        for number, found in codes.items():
            sets.put_flags(number, found)


def _follow_places(connection: sa.Connection, sets: ImageSets, numbers: list[int]) -> None:
    for chunk in _chunks(numbers):
        rows = {row[0]: row for row in connection.execute(_PLACE.where(Image.number.in_(chunk)))}
        for number in chunk:
            sets.places.put(number, rows.get(number))


def _follow_words(connection: sa.Connection, sets: ImageSets, numbers: list[int]) -> None:
    for chunk in _chunks(numbers):
        words = words_on(connection, chunk)
        for number in chunk:
            sets.words.put(number, words.get(number, ()))


def _follow_tags(connection: sa.Connection, sets: ImageSets, numbers: list[int]) -> None:
    for chunk in _chunks(numbers):
        names = {row[0]: row[1] for row in connection.execute(_NAME.where(Tag.number.in_(chunk)))}
        for number in chunk:
            sets.name_tag(number, names.get(number))


def _follow_pairs(connection: sa.Connection, sets: ImageSets, pairs: list[tuple[int, int]]) -> None:
    for chunk in _chunks(pairs):
        images = sorted({image for _, image in chunk})
        found = {
            (row[0], row[1]) for row in connection.execute(_PAIR.where(Tagging.image_number.in_(images)))
        }
        for pair in chunk:
            sets.put_tag(*pair, is_on=pair in found)


def _chunks(things: list[Any]) -> Iterator[list[Any]]:
    return (things[start : start + ASKED] for start in range(0, len(things), ASKED))


def _blocks(connection: sa.Connection, query: sa.Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    """All rows, so many at once: on SQLite the driver's own, a third of the time."""
    if connection.dialect.name == "sqlite":
        text = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        with connection.exec_driver_sql(str(text)) as result:
            cursor: Any = result.cursor
            while rows := cursor.fetchmany(FETCHED):
                yield rows
    else:
        yield from connection.execute(query, execution_options={"yield_per": FETCHED}).partitions()
