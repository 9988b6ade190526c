"""Which images are meant: conditions that a query puts together."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from pyroaring import BitMap
from sqlalchemy.dialects.postgresql import ARRAY

from gallery.db import UtcDateTime, db
from gallery.location.box import Box
from gallery.models.album import Album, Membership, visible_album_numbers
from gallery.models.image import Image, untrashed
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest
from gallery.models.user import User

TAKEN = sa.func.coalesce(Image.taken_at, Image.created_at, type_=UtcDateTime())
"""When an image was taken; added, where nothing says when it was taken."""


@dataclass(frozen=True, slots=True)
class Scope:
    """All images of some albums but those in the trash: what SQL asks, and what the index of images knows."""

    condition: sa.ColumnElement[bool]
    albums: frozenset[int] | sa.Select[int] | None
    """Their numbers, or the query of these; None: every album."""

    @property
    def album(self) -> int | None:
        """The number of the only album; None: it is not alone, or nobody knows yet."""
        if isinstance(self.albums, frozenset) and len(self.albums) == 1:
            return next(iter(self.albums))
        return None

    def __clause_element__(self) -> sa.ColumnElement[bool]:
        """A scope stands wherever a condition does. Put together with others it is a condition alone."""
        return self.condition


Condition = sa.ColumnElement[bool] | Scope


EVERYTHING = Scope(untrashed(), None)


def of_album(album: Album) -> Scope:
    """The images of one album."""
    return Scope(sa.and_(Image.album_number == album.number, untrashed()), frozenset((album.number,)))


def of_person(user: User) -> Scope:
    """The images of every album that the person may see."""
    if user.is_admin:
        return EVERYTHING
    numbers = visible_album_numbers(user)
    return Scope(sa.and_(Image.album_number.in_(numbers), untrashed()), numbers)


def in_trash_of_person(user: User) -> sa.ColumnElement[bool]:
    """The trashed images of every album that the person may see.

    The album is looked up for each: as a list of albums SQLite would read all images of these.
    """
    if user.is_admin:
        return sa.not_(untrashed())
    if user.token_number is not None:
        return sa.and_(sa.not_(untrashed()), Image.album_number.in_(visible_album_numbers(user)))
    own = sa.exists().where(
        Membership.album_number == Image.album_number, Membership.user_number == user.number
    )
    return sa.and_(sa.not_(untrashed()), own)


def inside(box: Box) -> Condition:
    """The images whose believed position lies in the box."""
    between = sa.or_ if box.crosses_180 else sa.and_
    return sa.and_(
        Image.latitude.between(box.south, box.north),
        between(Image.longitude >= box.west, Image.longitude <= box.east),
    )


def among(numbers: BitMap | list[int]) -> sa.ColumnElement[bool]:
    """The images with these numbers, however many, as one parameter."""
    if db.engine.dialect.name == "sqlite":
        values = sa.func.json_each(json.dumps(list(numbers))).table_valued("value")
        return Image.number.in_(sa.select(values.c.value))
    return Image.number == sa.any_(sa.cast(list(numbers), ARRAY(sa.BigInteger)))


def taken_between(first: datetime | None, end: datetime | None) -> Condition:
    """The images taken (uploaded, where nothing says when they were taken) from the first instant to the end.

    The end is not among them; None: without bound.
    """
    bounds = [first <= TAKEN] if first else []
    return sa.and_(sa.true(), *bounds, *([end > TAKEN] if end else []))


def tagged_with_any(names: Iterable[str]) -> Condition:
    """The images that carry at least one of these tags."""
    digests = [digest(name) for name in names]
    tagged = sa.select(Tagging.image_number).join(Tag).where(Tag.name_digest.in_(digests))
    return Image.number.in_(tagged)


def untagged() -> Condition:
    """The images that carry no tag."""
    return sa.not_(sa.exists().where(Tagging.image_number == Image.number))


def uploaded_by(user_ids: Iterable[str]) -> Condition:
    """The images that one of these people brought."""
    return Image.uploader_number.in_(sa.select(User.number).where(User.id.in_(list(user_ids))))
