"""The albums that a reader of the change feed sees."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from gallery.models.album import Album, Membership
from gallery.models.token_album import TokenAlbum
from gallery.models.user import Role, User
from gallery.models.viewer import Viewer
from gallery.prepared import Prepared, Reader


@dataclass(frozen=True, slots=True)
class Reach:
    """By number."""

    albums: frozenset[int] | None
    """None: all."""
    vanished: frozenset[int] = frozenset()
    """Albums that the reader saw and that do not exist any more: what left them is still told."""


def reach_of(reader: Reader, person: User | Viewer, album: int) -> Reach:
    """What the person sees, within the album of this number or (0) in all."""
    if album:
        return Reach(frozenset({album}))
    if person.is_admin:
        return Reach(None)
    if person.token_number is None:
        rows = _OWN.rows(reader, user_number=person.number)
    elif person.role is Role.ADMIN:
        rows = _CHOSEN.rows(reader, token_number=person.token_number)
    else:
        rows = _OWN_CHOSEN.rows(reader, user_number=person.number, token_number=person.token_number)
    return Reach(frozenset(row[0] for row in rows))


def existing(reader: Reader, albums: Collection[int]) -> set[int]:
    """Those of the albums that are there."""
    return {row[0] for row in _EXISTING.rows(reader, albums=sorted(albums))}


_own = sa.select(Membership.album_number).where(Membership.user_number == sa.bindparam("user_number"))
_chosen = sa.select(TokenAlbum.album_number).where(TokenAlbum.token_number == sa.bindparam("token_number"))
_OWN, _CHOSEN = Prepared(_own), Prepared(_chosen)
_OWN_CHOSEN = Prepared(_own.where(Membership.album_number.in_(_chosen)))
_EXISTING = Prepared(
    sa.select(Album.number).where(Album.number.in_(sa.bindparam("albums", expanding=True))), "albums"
)
