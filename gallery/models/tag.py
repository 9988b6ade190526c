"""A word put on images."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.text import digest, storable
from gallery.prepared import Prepared

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
    """The tags of these names, in this order, each once; new ones are made. Raises TagInvalid.

    Nobody renames or deletes them until the transaction ends, which must be one that writes.
    """
    wanted = list(dict.fromkeys(tag_name(name) for name in names))
    known = {tag.name: tag for tag in db.session.scalars(_held(wanted))}
    while len(known) < len(wanted):  # who renames one between two looks makes it necessary to look again
        _create(sorted(set(wanted) - known.keys()))
        known = {tag.name: tag for tag in db.session.scalars(_held(wanted))}
    return [known[name] for name in wanted]


def tag_name(name: str) -> str:
    """The name as it is stored. Raises TagInvalid for an empty one."""
    name = storable(name).strip()
    if not name:
        raise TagInvalid("A tag needs a name.")
    return name


def find_tag(name: str) -> Tag | None:
    """The tag with exactly this name."""
    return db.session.scalar(_named([storable(name).strip()]))


def lock_tags(names: Iterable[str]) -> dict[str, Tag]:
    """By name those of the tags that are there; nobody puts them on, renames or deletes them meanwhile."""
    locked = _named(list(names)).with_for_update().execution_options(populate_existing=True)
    return {tag.name: tag for tag in db.session.scalars(locked)}


def put_on_all(tag: Tag, image_numbers: Sequence[int]) -> list[int]:
    """Put the tag on images (a thousand at most), after those they have: the numbers of those without it."""
    last = dict.fromkeys(image_numbers, -1)
    new = dict.fromkeys(image_numbers)
    rows = db.session.execute(
        sa.select(Tagging.image_number, Tagging.tag_number, Tagging.position).where(
            Tagging.image_number.in_(image_numbers)
        )
    )
    for image_number, tag_number, position in rows:
        last[image_number] = max(last[image_number], position)
        if tag_number == tag.number:
            new.pop(image_number, None)
    db.session.add_all(
        Tagging(image_number=number, tag_number=tag.number, position=last[number] + 1) for number in new
    )
    db.session.flush()
    return list(new)


def take_off_all(tag: Tag, image_numbers: Sequence[int]) -> list[int]:
    """Take the tag off images (a thousand at most): the numbers of those that had it."""
    taken = (
        sa.delete(Tagging)
        .where(Tagging.tag_number == tag.number, Tagging.image_number.in_(image_numbers))
        .returning(Tagging.image_number)
        .execution_options(synchronize_session=False)
    )
    return sorted(db.session.scalars(taken))


def put_on(image: "Image", names: Iterable[str]) -> bool:
    """Put the tags on the image, after those it has. Whether that changed anything."""
    new = [tag for tag in find_or_create(names) if put_on_all(tag, [image.number])]
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
    db.session.flush()
    for image_number, name in _NAMES.rows_on(db.session.connection(), numbers=image_numbers):
        names[image_number].append(name)
    return names


_NAMES = Prepared(
    sa.select(Tagging.image_number, Tag.name)
    .join(Tag)
    .where(Tagging.image_number.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(Tagging.image_number, Tagging.position),
    "numbers",
)


def _create(names: list[str]) -> None:
    """Whoever makes the same tags at the same moment is waited for, always in the same order."""
    is_sqlite = db.session.connection().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    rows = [{"name": name, "name_digest": digest(name)} for name in names]
    db.session.execute(insert(Tag).on_conflict_do_nothing(index_elements=["name_digest"]), rows)


def _named(names: list[str]) -> sa.Select[Tag]:
    digests = [digest(name) for name in names]
    return sa.select(Tag).where(Tag.name_digest.in_(digests)).order_by(Tag.number)


def _held(names: list[str]) -> sa.Select[Tag]:
    held = _named(names).with_for_update(read=True, key_share=True)
    return held.execution_options(populate_existing=True)
