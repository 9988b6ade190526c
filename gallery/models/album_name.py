"""What lists of albums to choose from say of each."""

from typing import NamedTuple

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Album, Membership
from gallery.models.user import User
from gallery.prepared import Prepared

MOST = 500
"""Names in a list to choose from."""


class AlbumName(NamedTuple):
    """An album to be chosen."""

    id: str
    name: str


def names_of_visible(user: User) -> tuple[AlbumName, ...]:
    """The first albums that somebody who signed in may see, by name."""
    connection = db.session.connection()
    rows = _ALL.rows_on(connection) if user.is_admin else _OWN.rows_on(connection, user_number=user.number)
    return tuple(AlbumName(*row) for row in rows)


_NAMES = sa.select(Album.id, Album.name).order_by(Album.name, Album.number).limit(MOST)
_ALL = Prepared(_NAMES)
_OWN = Prepared(_NAMES.join(Membership).where(Membership.user_number == sa.bindparam("user_number")))
