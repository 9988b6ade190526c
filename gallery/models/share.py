"""A link with which people without an account see an album, what passes a filter of it, or chosen images."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.location.precision import Precision
from gallery.models.album import Album
from gallery.models.audit import Deed, record, record_all
from gallery.models.image import Image
from gallery.models.text import storable
from gallery.models.user import User

MOST = 500
"""A person has so many at most."""
MOST_CHOSEN = 1_000
LONGEST_NAME = 200
LAST_YEAR = 9_000


class ShareInvalid(GalleryError):
    """A share cannot be made as asked."""

    code = "share_invalid"
    status = 422


class ShareImage(Model):
    """A chosen image of a share."""

    __tablename__ = "share_image"

    share_number: Mapped[int] = mapped_column(
        sa.ForeignKey("share.number", ondelete="CASCADE"), primary_key=True
    )
    image_number: Mapped[int] = mapped_column(
        sa.ForeignKey("image.number", ondelete="CASCADE"), primary_key=True, index=True
    )


class Share(Model):
    """It lasts while its row does, and while whoever made it may share what it leads to."""

    __tablename__ = "share"

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(22), unique=True, default=lambda: secrets.token_urlsafe(16))
    """128 random bits. The link is this, signed: the database alone opens nothing."""
    user_number: Mapped[int] = mapped_column(sa.ForeignKey("user.number", ondelete="CASCADE"), index=True)
    album_number: Mapped[int | None] = mapped_column(
        sa.ForeignKey("album.number", ondelete="CASCADE"), index=True
    )
    """None: it leads to chosen images."""
    query: Mapped[str] = mapped_column(default="")
    """The filter, as in the address of a page."""
    name: Mapped[str]
    precision: Mapped[Precision] = mapped_column(
        sa.Enum(
            Precision, native_enum=False, length=10, values_callable=lambda kinds: [k.value for k in kinds]
        )
    )
    gives_originals: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None]
    """None: the link is enough."""
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    expires_at: Mapped[datetime | None]
    """None: never."""
    view_count: Mapped[int] = mapped_column(default=0)
    """Visits, whatever the number of pictures."""
    viewed_at: Mapped[datetime | None]
    """None: nobody came yet."""

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    album: Mapped[Album | None] = relationship(lazy="joined")

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.expires_at is not None and self.expires_at <= datetime.now(UTC)

    @property
    def password_mark(self) -> str:
        """What a visitor who knew the password is known by; changes with it. "" without one."""
        return (self.password_hash or "")[-12:]

    def has_password(self, password: str) -> bool:
        """Whether this is the share's password."""
        return self.password_hash is not None and check_password_hash(self.password_hash, storable(password))


def create_share(
    user: User,
    name: str,
    subject: Album | Sequence[Image],
    *,
    query: str = "",
    precision: Precision,
    gives_originals: bool = False,
    password: str = "",
    expires_at: datetime | None = None,
) -> Share:
    """A new share, recorded; who may is asked before. Raises ShareInvalid."""
    name = " ".join(storable(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise ShareInvalid("Give the share a name of 1 to %(most)s characters.", most=LONGEST_NAME)
    if expires_at is not None and expires_at.year > LAST_YEAR:
        raise ShareInvalid("That day is too far off. Choose an earlier one, or none.")
    if expires_at is not None and expires_at <= datetime.now(UTC):
        raise ShareInvalid("The share would be over before it begins. Choose a later day.")
    own = sa.select(sa.func.count()).where(Share.user_number == user.number)
    if db.session.scalars(own).one() >= MOST:
        raise ShareInvalid("A person can have %(most)s shares. Revoke one that is not needed.", most=MOST)
    share = Share(
        user_number=user.number,
        album_number=subject.number if isinstance(subject, Album) else None,
        query=query,
        name=name,
        precision=precision,
        gives_originals=gives_originals,
        password_hash=generate_password_hash(storable(password)) if password else None,
        expires_at=expires_at,
    )
    db.session.add(share)
    db.session.flush()
    said: dict[str, Any] = {
        "name": name,
        "share_number": share.number,
        "precision": precision.value,
        "filter": query,
        "gives_originals": gives_originals,
        "has_password": bool(password),
        "expires_at": expires_at and expires_at.isoformat(),
    }
    if isinstance(subject, Album):
        record(Deed.SHARE_MADE, actor=user, album=subject, **said)
    else:
        _choose(share, subject)
        record_all(Deed.SHARE_MADE, subject, actor=user, **said)
    return share


def revoke_share(share: Share) -> None:
    """From the commit on its link leads nowhere."""
    record(Deed.SHARE_REVOKED, album=share.album, name=share.name, share_number=share.number)
    db.session.delete(share)


def _choose(share: Share, images: Sequence[Image]) -> None:
    numbers = {image.number for image in images}
    if not 1 <= len(numbers) <= MOST_CHOSEN:
        raise ShareInvalid("Choose 1 to %(most)s images.", most=MOST_CHOSEN)
    db.session.add_all(ShareImage(share_number=share.number, image_number=number) for number in numbers)
    db.session.flush()


def find_share(share_id: str) -> Share | None:
    """The share with this id."""
    return db.session.scalar(sa.select(Share).where(Share.id == storable(share_id)))


def shares_of(user: User | None) -> sa.Select[Share]:
    """The person's shares, or everybody's, the newest first."""
    shares = sa.select(Share).order_by(Share.created_at.desc(), Share.number.desc())
    return shares if user is None else shares.where(Share.user_number == user.number)


def count_chosen(share_numbers: Sequence[int]) -> dict[int, int]:
    """By number of a share how many images were chosen for it and are not deleted for good."""
    rows = db.session.execute(
        sa.select(ShareImage.share_number, sa.func.count())
        .where(ShareImage.share_number.in_(share_numbers))
        .group_by(ShareImage.share_number)
    )
    return {number: count for number, count in rows}  # noqa: C416  # rows are no pairs to mypy


def note_visit(share: Share) -> None:
    """Count one visit."""
    db.session.execute(
        sa.update(Share)
        .where(Share.number == share.number)
        .values(view_count=Share.view_count + 1, viewed_at=datetime.now(UTC))
        .execution_options(synchronize_session=False)
    )
