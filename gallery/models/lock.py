"""Who waits for whom, where rows and files must not change under a decision.

Albums come first, by number: an upload locks its own, whoever puts images into another holds that. Then come
images, then tags, and the counter of changes last.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest, storable
from gallery.prepared import Prepared

BATCH = 500
"""Ids in one query."""


def lock_album(number: int) -> Album | None:
    """The album as it is now, or None. Nobody changes, deletes or fills it until this transaction ends."""
    return db.session.get(Album, number, with_for_update=True, populate_existing=True)


def hold_album(number: int) -> Album | None:
    """The album as it is now, or None. Until this transaction ends it is there and keeps its id."""
    held = {"read": True, "key_share": True}
    return db.session.get(Album, number, with_for_update=held, populate_existing=True)


def hold_albums(numbers: Collection[int]) -> set[int]:
    """Those of the albums that are there, held likewise, in order of their numbers."""
    return {row[0] for row in _HELD.rows_on(db.session.connection(), numbers=list(numbers))}


_HELD = Prepared(
    sa.select(Album.number)
    .where(Album.number.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(Album.number)
    .with_for_update(read=True, key_share=True),
    "numbers",
)


def open_album(album: Album) -> None:
    """Let of two that bring the same file into the album one wait; whoever holds it does not.

    Raises NotFound where it was deleted since it was looked up.
    """
    identity = sa.inspect(album).identity
    opened = db.session.get(Album, identity, with_for_update={"key_share": True}, populate_existing=True)
    if opened is None:
        raise NotFound("The album was deleted a moment ago.")


def lock_images_of(album: Album) -> list[int]:
    """The numbers of all images of a locked album, trashed or not; they are locked like `lock_images`."""
    return _locked_numbers(Image.album_number == album.number)


def lock_numbers(numbers: Sequence[int]) -> list[int]:
    """Those of the numbers that images have, of locked albums; they are locked like `lock_images`."""
    return _locked_numbers(Image.number.in_(numbers))


def lock_images_with(tag: Tag) -> set[int]:
    """The same of all images with the tag."""
    tagged = sa.select(Tagging.image_number).where(Tagging.tag_number == tag.number)
    return set(_locked_numbers(Image.number.in_(tagged)))


def _locked_numbers(condition: sa.ColumnElement[bool]) -> list[int]:
    found = sa.select(Image.number).where(condition).order_by(Image.number).with_for_update(of=Image)
    return list(db.session.scalars(found))


def lock_images(numbers: Iterable[int]) -> list[Image]:
    """Those of the images, trashed or not, as they are now.

    Nobody else changes them until this transaction ends, which must be one that writes. In order of their
    numbers, so that of two who lock, one waits.
    """
    return list(db.session.scalars(_LOCKED, {"numbers": list(numbers)}))


def lock_image(number: int) -> Image | None:
    """The same of one, whose claims are read where somebody looks at them; None: it is not there."""
    return db.session.scalar(_LOCKED_ALONE, {"numbers": [number]})


def _locking() -> sa.Select[Image]:
    """Made once: to make it takes as long as SQLite needs to answer it."""
    numbers: sa.BindParameter[Any] = sa.bindparam("numbers", expanding=True)
    found = sa.select(Image).where(Image.number.in_(numbers)).order_by(Image.number)
    return found.with_for_update(of=Image).execution_options(populate_existing=True)


_LOCKED = _locking()
_LOCKED_ALONE = _LOCKED.options(lazyload(Image.claims))


def begin_with_images(numbers: Iterable[int]) -> list[Image]:
    """The same in a writing transaction of its own, with the albums held first that the images are in."""
    wanted = list(numbers)
    while True:
        begin_write()
        albums = sa.select(Image.album_number).where(Image.number.in_(wanted)).distinct()
        held = sorted(db.session.scalars(albums))
        for number in held:
            hold_album(number)
        found = lock_images(wanted)
        if {image.album_number for image in found} <= set(held):
            return found


def lock_known(image_ids: Collection[str], album_ids: Collection[str]) -> None:
    """Of these images and albums lock those that are there, and the albums that the images are in.

    In the writing transaction under way, which has locked none yet: it may change them batch by batch.
    """
    images, albums = set(), set()
    for some in _batches(list(image_ids)):
        found = sa.select(Image.number, Image.album_number).where(Image.id.in_(some))
        for number, album_number in db.session.execute(found):
            images.add(number)
            albums.add(album_number)
    for some in _batches([digest(storable(album_id)) for album_id in album_ids]):
        albums.update(db.session.scalars(sa.select(Album.number).where(Album.id_digest.in_(some))))
    for number in sorted(albums):
        hold_album(number)
    for numbers in _batches(sorted(images)):
        _locked_numbers(Image.number.in_(numbers))


def _batches(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), BATCH):
        yield things[start : start + BATCH]


def hold_uploads() -> None:
    """Wait until every upload under way has its rows, and let none begin: each locks its album first.

    Starts a writing transaction, which is enough on SQLite.
    """
    begin_write()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE album IN EXCLUSIVE MODE"))
