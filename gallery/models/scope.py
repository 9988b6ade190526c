"""Which images are meant: conditions that a query puts together."""

from collections.abc import Iterable

import sqlalchemy as sa

from gallery.location.box import Box
from gallery.models.album import Album, visible_album_numbers
from gallery.models.image import Image
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest
from gallery.models.user import User

Condition = sa.ColumnElement[bool]


def of_album(album: Album) -> Condition:
    """The images of one album."""
    return Image.album_number == album.number


def of_person(user: User) -> Condition:
    """The images of every album that the person may see."""
    return Image.album_number.in_(visible_album_numbers(user))


def inside(box: Box) -> Condition:
    """The images whose believed position lies in the box."""
    between = sa.or_ if box.crosses_180 else sa.and_
    return sa.and_(
        Image.latitude.between(box.south, box.north),
        between(Image.longitude >= box.west, Image.longitude <= box.east),
    )


def tagged_with_any(names: Iterable[str]) -> Condition:
    """The images that carry at least one of these tags."""
    digests = [digest(name) for name in names]
    tagged = sa.select(Tagging.image_number).join(Tag).where(Tag.name_digest.in_(digests))
    return Image.number.in_(tagged)
