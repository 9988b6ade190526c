"""A tag is renamed, joined with another, or deleted, on every image that has it at once."""

import sqlalchemy as sa

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.editing.rewriting import UPDATED, rewrite
from gallery.errors import Busy, NotFound
from gallery.models.audit import Deed, record, record_all
from gallery.models.event import Event
from gallery.models.image import Image, untrashed
from gallery.models.lock import lock_images_with
from gallery.models.tag import Tag, Tagging, find_tag, lock_tags, tag_name
from gallery.models.text import digest

_TRIES = 10


def rename_tag(name: str, new_name: str, settings: Settings) -> Tag:
    """Give the tag another name; if there is a tag of that name, it is joined with that. The caller commits.

    The tag keeps its place among those of an image. Raises TagInvalid, NotFound and Busy.
    """
    new_name = tag_name(new_name)
    old, new = _locked(name, new_name)
    if old is new:
        return old
    numbers, old_name = _shown_numbers(old), old.name
    had_both: set[int] = set()
    if new is None:
        _name(old, new_name)
    else:
        had_both = set(numbers) & set(_shown_numbers(new))
        _join(old, new)
    fresh = [number for number in numbers if number not in had_both]
    _note(Deed.TAG_RENAMED, numbers, old_name, new_name)
    record_all(Deed.IMAGE_TAGGED, fresh, tag=new_name)
    gone = (*UPDATED, (Event.DELETE_TAG_IMAGE, old_name))
    rewrite([number for number in numbers if number in had_both], settings, told=gone)
    rewrite(fresh, settings, told=(*gone, (Event.NEW_TAG_IMAGE, new_name)))
    return new or old


def delete_tag(name: str, settings: Settings) -> None:
    """Take the tag off all images, and forget it. The caller commits. Raises NotFound and Busy."""
    found, _ = _locked(name, name)
    numbers, told = _shown_numbers(found), (*UPDATED, (Event.DELETE_TAG_IMAGE, found.name))
    _note(Deed.TAG_DELETED, numbers, found.name)
    db.session.execute(sa.delete(Tagging).where(Tagging.tag_number == found.number))
    _forget(found)
    rewrite(numbers, settings, told=told)


def _note(deed: Deed, numbers: list[int], name: str, new_name: str | None = None) -> None:
    record(deed, name=name, new_name=new_name, image_count=len(numbers))
    record_all(Deed.IMAGE_UNTAGGED, numbers, tag=name)


def _locked(name: str, other: str) -> tuple[Tag, Tag | None]:
    """The tags, with all images that have the first locked in a writing transaction of its own.

    Images come first. Who puts the tag on another image meanwhile makes it necessary to begin anew.
    """
    for _ in range(_TRIES):
        begin_write()
        found = find_tag(name)
        if found is None:
            break
        images, known_name = lock_images_with(found), found.name
        tags = lock_tags({known_name, other})
        if known_name in tags and _numbers(tags[known_name]) <= images:
            return tags[known_name], tags.get(other)
    else:
        raise Busy("This tag is being put on images all the time. Ask again in a moment.")
    raise NotFound("There is no tag of this name.")


def _numbers(tag: Tag) -> set[int]:
    tagged = sa.select(Tagging.image_number).where(Tagging.tag_number == tag.number)
    return set(db.session.scalars(tagged))


def _shown_numbers(tag: Tag) -> list[int]:
    """Of the images whose documents show it."""
    tagged = sa.select(Tagging.image_number).where(Tagging.tag_number == tag.number)
    shown = sa.select(Image.number).where(Image.number.in_(tagged), untrashed()).order_by(Image.number)
    return list(db.session.scalars(shown))


def _name(tag: Tag, name: str) -> None:
    tag.name, tag.name_digest = name, digest(name)
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Busy("A tag of this name was made a moment ago. Ask again.") from None


def _join(old: Tag, new: Tag) -> None:
    have_new = sa.select(Tagging.image_number).where(Tagging.tag_number == new.number)
    is_old = Tagging.tag_number == old.number
    silently = {"synchronize_session": False}
    db.session.execute(
        sa.delete(Tagging).where(is_old, Tagging.image_number.in_(have_new)).execution_options(**silently)
    )
    db.session.execute(
        sa.update(Tagging).where(is_old).values(tag_number=new.number).execution_options(**silently)
    )
    _forget(old)


def _forget(tag: Tag) -> None:
    db.session.execute(sa.delete(Tag).where(Tag.number == tag.number))
    db.session.expunge(tag)
