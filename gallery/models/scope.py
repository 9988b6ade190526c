"""Which images are meant: conditions that a query puts together."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from gallery.db import UtcDateTime
from gallery.location.box import Box
from gallery.models.album import Album, Membership, visible_album_numbers
from gallery.models.image import Image, untrashed
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest
from gallery.models.user import User

Condition = sa.ColumnElement[bool]


def of_album(album: Album) -> Condition:
    """The images of one album."""
    return sa.and_(Image.album_number == album.number, untrashed())


def of_person(user: User) -> Condition:
    """The images of every album that the person may see."""
    return sa.and_(Image.album_number.in_(visible_album_numbers(user)), untrashed())


def in_trash_of_person(user: User) -> Condition:
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


def saying(text: str) -> Condition:
    """The images whose title, description or file name holds the text, in any case of letters."""
    words = (Image.title, Image.description, Image.filename)
    return sa.or_(*(column.icontains(text, autoescape=True) for column in words))


def taken_between(first: datetime | None, end: datetime | None) -> Condition:
    """The images taken (uploaded, where nothing says when they were taken) from the first instant to the end.

    The end is not among them; None: without bound.
    """
    moment = sa.func.coalesce(Image.taken_at, Image.created_at, type_=UtcDateTime())
    bounds = [moment >= first] if first else []
    return sa.and_(sa.true(), *bounds, *([moment < end] if end else []))


def tagged_with_any(names: Iterable[str]) -> Condition:
    """The images that carry at least one of these tags."""
    digests = [digest(name) for name in names]
    tagged = sa.select(Tagging.image_number).join(Tag).where(Tag.name_digest.in_(digests))
    return Image.number.in_(tagged)
