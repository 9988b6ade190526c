"""A named collection of images that belongs to a record of some other system."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.location.area import Area, read_area
from gallery.models.text import digest, storable
from gallery.models.token_album import reached
from gallery.models.user import Role, User
from gallery.models.viewer import Viewer


class AlbumInvalid(GalleryError):
    """An album cannot be as asked."""

    code = "album_invalid"
    status = 422


class AlbumExists(GalleryError):
    """There is an album with this id already."""

    code = "album_exists"
    status = 409


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
    __table_args__ = (
        sa.Index(
            "ix_album_cover",
            "cover_number",
            sqlite_where=sa.text("cover_number IS NOT NULL"),
            postgresql_where=sa.text("cover_number IS NOT NULL"),
        ),
    )

    number: Mapped[NumberKey]
    id: Mapped[str]
    id_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 of `id`, which may be longer than an index can hold."""
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    updated_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    """The last change of what it says of itself, or a merge."""
    cover_number: Mapped[int | None] = mapped_column(
        sa.ForeignKey("image.number", ondelete="SET NULL", use_alter=True)
    )
    """The image that stands for the album; None: its first ones do."""
    archived_at: Mapped[datetime | None]
    """When it was put away, out of the list of albums; None: it was not."""
    needs_second: Mapped[bool] = mapped_column(default=False)
    """An image of it is approved only when two reviewers agree."""
    place: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The `stored` area in which its pictures are expected; None: none is."""
    flagged_up_to: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Number of the image up to which flags were found again since the place is another; None: of all."""
    members: WriteOnlyMapped[User] = relationship(secondary="membership", passive_deletes=True)

    @property
    def area(self) -> Area | None:
        """Where its pictures are expected; None: nowhere in particular."""
        return None if self.place is None else read_area(self.place)

    def admit(self, user: User) -> bool:
        """Make the person a member; whether they were none."""
        is_new = db.session.get(Membership, (self.number, user.number)) is None
        if is_new:
            db.session.add(Membership(album_number=self.number, user_number=user.number))
        return is_new

    def dismiss(self, user: User) -> bool:
        """The person is a member no longer; whether they were one."""
        membership = db.session.get(Membership, (self.number, user.number))
        if membership is not None:
            db.session.delete(membership)
        return membership is not None


def create_album(album_id: str, *, name: str = "", description: str = "") -> Album:
    """Add a new album. Raises AlbumInvalid for an empty id, AlbumExists for one that is taken."""
    album_id = free_id(album_id)
    album = Album(
        number=_new_number(),
        id=album_id,
        id_digest=digest(album_id),
        name=storable(name) or album_id,
        description=storable(description),
    )
    try:
        with db.session.no_autoflush:
            db.session.add(album)
            db.session.flush()
    except sa.exc.IntegrityError:
        raise _taken(album_id) from None
    return album


def free_id(album_id: str) -> str:
    """The id as it is stored. Raises AlbumInvalid for an empty one, AlbumExists for one that is taken."""
    album_id = storable(album_id)
    if not album_id:
        raise AlbumInvalid("An album needs an id.")
    if find_album(album_id) is not None:
        raise _taken(album_id)
    return album_id


def note_gone(album_number: int) -> None:
    """Let no later album have this one's number: cursors and departures may name it still."""
    db.session.execute(
        sa.update(_SITE)
        .where(_SITE.c.gone_album_number < album_number)
        .values(gone_album_number=album_number)
    )


def _taken(album_id: str) -> AlbumExists:
    return AlbumExists("There is an album %(id)s already.", id=repr(album_id[:80]))


def _new_number() -> int | None:
    """SQLite would give the highest number again when its album is gone; None: the database counts on."""
    if db.session.connection().dialect.name != "sqlite":
        return None
    highest = db.session.scalar(sa.select(sa.func.max(Album.number))) or 0
    gone = db.session.scalar(sa.select(sa.func.max(_SITE.c.gone_album_number))) or 0
    return 1 + max(highest, gone)


_SITE = sa.table("site", sa.column("gone_album_number", sa.BigInteger))


def find_album(album_id: str) -> Album | None:
    """The album with exactly this id."""
    return db.session.scalar(_BY_ID, {"digest": digest(storable(album_id))})


_BY_ID = sa.select(Album).where(Album.id_digest == sa.bindparam("digest"))


def members_of(album: Album) -> sa.Select[User]:
    """The album's members, by the order in which they became people of the gallery."""
    return (
        sa.select(User).join(Membership).where(Membership.album_number == album.number).order_by(User.number)
    )


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
