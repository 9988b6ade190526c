"""Tags as programs list them, each with how many images have it."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from gallery.db import db
from gallery.models import tag
from gallery.models.image import Image
from gallery.models.scope import Condition
from gallery.models.tag import Tag, Tagging


class TagRecord(msgspec.Struct):
    """A tag."""

    name: str
    image_count: int
    """Of those that the token may see."""


class TagImage(msgspec.Struct):
    """A tag on an image."""

    image_id: str
    tag_name: str
    position: int
    """0-based, in the order in which the image's tags were put on."""


class TagPage(NamedTuple):
    """Some of the list."""

    records: list[TagRecord]
    last: tuple[str, int] | None
    """The key that the next page begins after; None: there are no more."""


_BEGINNING = 80
ORDER = (sa.func.substr(Tag.name, 1, _BEGINNING, type_=sa.Text()), Tag.number)
"""A cursor holds the beginning of a name, which may be of any length."""


def tag_page(scope: Condition, *, unused_too: bool, page: sa.ColumnElement[bool], limit: int) -> TagPage:
    """The first tags of the page that are on images of the scope, or of all tags."""
    used = sa.exists().where(Tagging.tag_number == Tag.number, Image.number == Tagging.image_number, scope)
    query = sa.select(Tag).where(page, sa.true() if unused_too else used).order_by(*ORDER)
    found = db.session.scalars(query.limit(limit + 1)).all()
    shown = found[:limit]
    last = (shown[-1].name[:_BEGINNING], shown[-1].number) if len(found) > limit else None
    return TagPage(tag_records(shown, scope), last)


def tag_records(tags: Sequence[Tag], scope: Condition) -> list[TagRecord]:
    """The records of tags, in this order, counted among the images of the scope."""
    rows = db.session.execute(
        sa.select(Tagging.tag_number, sa.func.count())
        .join(Image, Image.number == Tagging.image_number)
        .where(Tagging.tag_number.in_([each.number for each in tags]), scope)
        .group_by(Tagging.tag_number)
    )
    counts = {row[0]: row[1] for row in rows}
    return [TagRecord(each.name, counts.get(each.number, 0)) for each in tags]


def tag_images(images: Sequence[tuple[int, str]], name: str | None = None) -> list[TagImage]:
    """What is on the images, given as (number, id), in their order: this tag, or all."""
    names = tag.names_on([number for number, _ in images])
    return [
        TagImage(image_id, found, position)
        for number, image_id in images
        for position, found in enumerate(names[number])
        if name is None or found == name
    ]
