"""A word put on images."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.text import digest, storable

if TYPE_CHECKING:
    from gallery.models.image import Image


class TagInvalid(GalleryError):
    """A tag cannot be as asked."""

    code = "tag_invalid"
    status = 422


class Tag(Model):
    """Known by its name, exactly as written; shared by all albums."""

    __tablename__ = "tag"

    number: Mapped[NumberKey]
    name: Mapped[str]
    name_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)


class Tagging(Model):
    """One tag on one image."""

    __tablename__ = "tagging"

    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True
    )
    tag_number: Mapped[int] = mapped_column(
        sa.ForeignKey("tag.number", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    """0-based order in which the tags were put on."""


def find_or_create(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, in this order, each once; new ones are made. Raises TagInvalid."""
    wanted = list(dict.fromkeys(storable(name).strip() for name in names))
    if "" in wanted:
        raise TagInvalid("A tag needs a name.")
    known = {tag.name: tag for tag in db.session.scalars(_named(wanted))}
    if len(known) < len(wanted):
        _create(sorted(set(wanted) - known.keys()))
        known = {tag.name: tag for tag in db.session.scalars(_named(wanted))}
    return [known[name] for name in wanted]


def put_on(image: "Image", names: Iterable[str]) -> bool:
    """Put the tags on the image, after those it has. Whether that changed anything."""
    present = names_on([image.number])[image.number]
    new = [tag for tag in find_or_create(names) if tag.name not in present]
    db.session.add_all(
        Tagging(image_number=image.number, tag_number=tag.number, position=position)
        for position, tag in enumerate(new, start=len(present))
    )
    db.session.flush()
    return bool(new)


def replace_on(image: "Image", names: Iterable[str]) -> None:
    """Let the image have these tags and no others, in this order."""
    replace_on_all([(image, list(names))])


def replace_on_all(wanted: Sequence[tuple["Image", Sequence[str]]]) -> None:
    """Let each image have its tags and no others, in their order; those that have them are left alone."""
    present = names_on([image.number for image, _ in wanted])
    changed = [(image, names) for image, names in wanted if list(names) != present[image.number]]
    tags = {tag.name: tag for tag in find_or_create(name for _, names in changed for name in names)}
    numbers = [image.number for image, _ in changed]
    db.session.execute(sa.delete(Tagging).where(Tagging.image_number.in_(numbers)))
    db.session.add_all(
        Tagging(image_number=image.number, tag_number=tags[name].number, position=position)
        for image, names in changed
        for position, name in enumerate(dict.fromkeys(storable(name).strip() for name in names))
    )
    db.session.flush()


def names_on(image_numbers: list[int]) -> dict[int, list[str]]:
    """By image number the names of its tags, in the order they were put on."""
    names: dict[int, list[str]] = {number: [] for number in image_numbers}
    rows = db.session.execute(
        sa.select(Tagging.image_number, Tag.name)
        .join(Tag)
        .where(Tagging.image_number.in_(image_numbers))
        .order_by(Tagging.image_number, Tagging.position)
    )
    for image_number, name in rows:
        names[image_number].append(name)
    return names


def _create(names: list[str]) -> None:
    """Whoever makes the same tags at the same moment is waited for, always in the same order."""
    is_sqlite = db.session.connection().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    rows = [{"name": name, "name_digest": digest(name)} for name in names]
    db.session.execute(insert(Tag).on_conflict_do_nothing(index_elements=["name_digest"]), rows)


def _named(names: list[str]) -> sa.Select[Tag]:
    return sa.select(Tag).where(Tag.name_digest.in_([digest(name) for name in names]))
