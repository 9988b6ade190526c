"""Who waits for whom, where rows and files must not change under a decision.

Albums come first, by number: an upload locks its own, whoever puts images into another holds that. Then come
images, then tags, and the counter of changes last.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.album import Album
from gallery.models.image import Image
from gallery.models.tag import Tag, Tagging


def lock_album(number: int) -> Album | None:
    """The album as it is now, or None. Nobody changes, deletes or fills it until this transaction ends."""
    return db.session.get(Album, number, with_for_update=True, populate_existing=True)


def hold_album(number: int) -> Album | None:
    """The album as it is now, or None. Until this transaction ends it is there and keeps its id."""
    held = {"read": True, "key_share": True}
    return db.session.get(Album, number, with_for_update=held, populate_existing=True)


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
    found = db.session.scalars(
        sa.select(Image)
        .where(Image.number.in_(list(numbers)))
        .order_by(Image.number)
        .with_for_update(of=Image)
        .execution_options(populate_existing=True)
    )
    return list(found)


def hold_uploads() -> None:
    """Wait until every upload under way has its rows, and let none begin: each locks its album first.

    Starts a writing transaction, which is enough on SQLite.
    """
    begin_write()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE album IN EXCLUSIVE MODE"))
