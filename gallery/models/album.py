"""A named collection of images that belongs to a record of some other system."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.text import digest, storable
from gallery.models.token_album import reached
from gallery.models.user import Role, User, Viewer


class AlbumInvalid(GalleryError):
    """An album cannot be as asked."""

    code = "album_invalid"
    status = 422


class Membership(Model):
    """A person may see an album and add to it."""

    __tablename__ = "membership"

    album_number: Mapped[int] = mapped_column(
        sa.ForeignKey("album.number", ondelete="CASCADE"), primary_key=True
    )
    user_number: Mapped[int] = mapped_column(
        sa.ForeignKey("user.number", ondelete="CASCADE"), primary_key=True, index=True
    )


class Album(Model):
    """Known by the integrator's own id: any string, case-sensitive, of any length."""

    __tablename__ = "album"

    number: Mapped[NumberKey]
    id: Mapped[str]
    id_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 of `id`, which may be longer than an index can hold."""
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    members: WriteOnlyMapped[User] = relationship(secondary="membership", passive_deletes=True)

    def admit(self, user: User) -> None:
        """Make the person a member; once is enough."""
        if db.session.get(Membership, (self.number, user.number)) is None:
            db.session.add(Membership(album_number=self.number, user_number=user.number))

    def dismiss(self, user: User) -> None:
        """The person is a member no longer."""
        membership = db.session.get(Membership, (self.number, user.number))
        if membership is not None:
            db.session.delete(membership)


def create_album(album_id: str, *, name: str = "", description: str = "") -> Album:
    """Add a new album. Raises AlbumInvalid for an empty id or one that exists."""
    album_id = storable(album_id)
    if not album_id:
        raise AlbumInvalid("An album needs an id.")
    if find_album(album_id) is not None:
        raise AlbumInvalid(f"There is an album {album_id[:80]!r} already.")
    album = Album(
        id=album_id,
        id_digest=digest(album_id),
        name=storable(name) or album_id,
        description=storable(description),
    )
    db.session.add(album)
    db.session.flush()
    return album


def find_album(album_id: str) -> Album | None:
    """The album with exactly this id."""
    return db.session.scalar(sa.select(Album).where(Album.id_digest == digest(storable(album_id))))


def visible_albums(user: User) -> sa.Select[Album]:
    """The albums that this person may see, by name."""
    albums = sa.select(Album).order_by(Album.name, Album.number)
    if user.is_admin:
        return albums
    if user.token_number is not None:
        return albums.where(Album.number.in_(visible_album_numbers(user)))
    return albums.join(Membership).where(Membership.user_number == user.number)


def visible_album_numbers(person: User | Viewer) -> sa.Select[int]:
    """The numbers of those albums, to be used as a sub-query."""
    if person.is_admin:
        return sa.select(Album.number)
    own = sa.select(Membership.album_number).where(Membership.user_number == person.number)
    if person.token_number is None:
        return own
    chosen = reached(person.token_number)
    return chosen if person.role is Role.ADMIN else own.where(Membership.album_number.in_(chosen))


def is_in_most_albums(connection: sa.Connection, viewer: User | Viewer) -> bool:
    """Whether the person is a member of at least half of all albums."""
    return bool(connection.scalar(_IN_MOST, {"user_number": viewer.number}))


_OWN = sa.select(sa.func.count()).where(Membership.user_number == sa.bindparam("user_number"))
_IN_MOST = sa.select(2 * _OWN.scalar_subquery() >= sa.select(sa.func.count(Album.number)).scalar_subquery())
