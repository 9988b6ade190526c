"""Personal tokens: keys to the API that a person makes for a program, with bounds of their own."""

import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.album import Album
from gallery.models.audit import Deed, record
from gallery.models.text import storable
from gallery.models.token_album import TokenAlbum
from gallery.models.token_text import SHOWN_LETTERS, digest_of, is_well_formed, new_text
from gallery.models.user import User

MOST = 100
"""A person has so many at most."""
LONGEST_NAME = 100


class Scope(StrEnum):
    """What a personal token may be used for."""

    READ = "read"
    WRITE = "write"
    REVIEW = "review"
    """Decide, as a reviewer."""


class TokenInvalid(GalleryError):
    """A personal token cannot be made as asked."""

    code = "token_invalid"
    status = 422


class PersonalToken(Model):
    """Known by a digest: the token itself is told once and kept nowhere."""

    __tablename__ = "personal_token"

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    user_number: Mapped[int] = mapped_column(sa.ForeignKey("user.number", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 in hex."""
    shown: Mapped[str] = mapped_column(sa.String(20))
    """The token's first letters, by which its owner knows it again."""
    password_mark: Mapped[str] = mapped_column(sa.String(12))
    """Of the owner's password when the token was made: with another password it is good no longer."""
    scopes: Mapped[str] = mapped_column(sa.String(60))
    """With spaces between."""
    is_everywhere: Mapped[bool]
    """Reaches all albums that its owner does; else those of TokenAlbum."""
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    expires_at: Mapped[datetime | None]
    """None: never."""
    last_used_at: Mapped[datetime | None]
    """To the minute. None: never."""


class Grant(NamedTuple):
    """What of a personal token decides about a call."""

    number: int
    id: str
    user_id: str
    scopes: str
    is_everywhere: bool
    expires_at: datetime | None
    last_used_at: datetime | None
    is_of_old_password: bool

    def is_good(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return not self.is_of_old_password and (self.expires_at is None or now < self.expires_at)

    def has(self, scope: Scope) -> bool:
        """Whether it may be used for this."""
        return scope.value in self.scopes.split()


def create(
    user: User,
    name: str,
    scopes: Collection[Scope],
    albums: Sequence[Album] | None,
    expires_at: datetime | None,
) -> tuple[PersonalToken, str]:
    """A new token, recorded, and its text, which is told now or never. Raises TokenInvalid.

    `albums` None: every one that the person sees, now and later.
    """
    name = " ".join(storable(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise TokenInvalid("Give the token a name of 1 to %(most)s characters.", most=LONGEST_NAME)
    if not scopes:
        raise TokenInvalid("Choose at least one thing that the token may do.")
    if albums is not None and not albums:
        raise TokenInvalid("Choose at least one album, or all of yours.")
    if expires_at is not None and expires_at <= datetime.now(UTC):
        raise TokenInvalid("The token would be over before it begins. Choose a later day.")
    own = sa.select(sa.func.count()).where(PersonalToken.user_number == user.number)
    if db.session.scalars(own).one() >= MOST:
        raise TokenInvalid("A person can have %(most)s tokens. Revoke one that is not needed.", most=MOST)
    text = new_text()
    token = PersonalToken(
        user_number=user.number,
        name=name,
        digest=digest_of(text),
        shown=text[:SHOWN_LETTERS],
        password_mark=user.password_mark,
        scopes=" ".join(scope for scope in Scope if scope in scopes),
        is_everywhere=albums is None,
        expires_at=expires_at,
    )
    db.session.add(token)
    db.session.flush()
    numbers = {album.number for album in albums or ()}
    db.session.add_all(TokenAlbum(token_number=token.number, album_number=number) for number in numbers)
    record(
        Deed.TOKEN_MADE,
        actor=user,
        name=name,
        token_id=token.id,
        scopes=token.scopes,
        album_ids=None if albums is None else [album.id for album in albums],
        expires_at=expires_at and expires_at.isoformat(),
    )
    return token, text


def find_grant(connection: sa.Connection, *, text: str = "", token_id: str = "") -> Grant | None:
    """The grant of a token by its text or its id; None for one that is not, or no longer, good."""
    if not token_id and not is_well_formed(text):
        return None
    is_meant = PersonalToken.id == token_id if token_id else PersonalToken.digest == digest_of(text)
    row = connection.execute(_GRANT.where(is_meant)).first()
    grant = None if row is None else Grant(*row[:-2], is_of_old_password=row[-2] != row[-1][-12:])
    return grant if grant is not None and grant.is_good(datetime.now(UTC)) else None


def tokens_of(user: User) -> sa.Select[PersonalToken]:
    """The person's tokens, the newest first."""
    newest_first = (PersonalToken.created_at.desc(), PersonalToken.number.desc())
    return sa.select(PersonalToken).where(PersonalToken.user_number == user.number).order_by(*newest_first)


def find_token(user: User, token_id: str) -> PersonalToken | None:
    """The person's token with this id."""
    return db.session.scalar(tokens_of(user).where(PersonalToken.id == storable(token_id)))


def albums_by_token(user: User, *, names: bool = False) -> dict[int, list[str]]:
    """By number of a token the ids, or names, of the albums that it was made for."""
    found: dict[int, list[str]] = {}
    chosen = (
        sa.select(TokenAlbum.token_number, Album.name if names else Album.id).join(Album).join(PersonalToken)
    )
    of_user = chosen.where(PersonalToken.user_number == user.number).order_by(Album.name, Album.number)
    for number, known_as in db.session.execute(of_user):
        found.setdefault(number, []).append(known_as)
    return found


def revoke_token(token: PersonalToken) -> None:
    """From the commit on it opens nothing."""
    record(Deed.TOKEN_REVOKED, name=token.name, token_id=token.id, person_number=token.user_number)
    db.session.delete(token)


def revoke_personal(user: User) -> None:
    """Revoke every personal token of the person."""
    for token in db.session.scalars(tokens_of(user)):
        revoke_token(token)


_GRANT = sa.select(
    PersonalToken.number,
    PersonalToken.id,
    User.id,
    PersonalToken.scopes,
    PersonalToken.is_everywhere,
    PersonalToken.expires_at,
    PersonalToken.last_used_at,
    PersonalToken.password_mark,
    User.password_hash,
).join(User, sa.and_(User.number == PersonalToken.user_number, User.shut_out_at.is_(None)))
