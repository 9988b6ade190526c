"""A person who signs in or whose program calls."""

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self, cast

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.search_text import folded


class Role(StrEnum):
    """What a person may do beyond looking at the albums they are a member of."""

    ADMIN = "admin"
    REVIEWER = "reviewer"
    MEMBER = "member"


class UserInvalid(GalleryError):
    """A person cannot be recorded as asked."""

    code = "user_invalid"
    status = 422


def _searched(context: DefaultExecutionContext) -> str:
    new = context.get_current_parameters()  # type: ignore[no-untyped-call]  # the library's
    return searched(new["name"], new["email"])


class User(Model, UserMixin):  # type: ignore[misc]  # flask-login has no types
    """A person, known by e-mail address."""

    __tablename__ = "user"

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    """Lower-case."""
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(
        sa.Enum(Role, native_enum=False, length=20, values_callable=lambda roles: [r.value for r in roles])
    )
    sfid: Mapped[str | None]
    """The person's id in the integrator's system; None: unknown."""
    password_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    tokens_valid_from: Mapped[datetime] = mapped_column(default=lambda: datetime.fromtimestamp(0, UTC))
    """Sessions that began and API tokens that were issued before this instant are refused."""
    shut_out_at: Mapped[datetime | None]
    """Since when nobody comes in as this person; None: they may."""
    search_text: Mapped[str] = mapped_column(default=_searched, server_default="", index=True)
    """`searched` name and address, by which people are looked for and stand in their list."""

    @classmethod
    def create(cls, email: str, password: str, *, name: str = "", role: Role = Role.MEMBER) -> Self:
        """A new person, not yet in the session. Raises UserInvalid."""
        email = normal_email(email)
        password_hash = _hash(_long_enough(password))
        return cls(email=email, name=name or email.partition("@")[0], role=role, password_hash=password_hash)

    def has_password(self, password: str) -> bool:
        """Whether this is the person's password; takes as long either way."""
        return check_password_hash(self.password_hash, password)

    def get_id(self) -> str:
        """What the session cookie holds; a changed password and a revocation end every session."""
        revoked_at = int(self.tokens_valid_from.timestamp())
        return f"{self.id}:{self.password_mark}" + (f":{revoked_at}" if revoked_at else "")

    @property
    def password_mark(self) -> str:
        """Changes with the password."""
        return self.password_hash[-12:]

    def change_password(self, password: str) -> None:
        """Ends every session and token of the person. Raises UserInvalid."""
        self.password_hash = _hash(_long_enough(password))
        self.end_sessions()

    def end_sessions(self) -> None:
        """Refuse every session and token up to this second; all, as long as the person is shut out."""
        next_second = datetime.fromtimestamp(int(datetime.now(UTC).timestamp()) + 1, UTC)
        self.tokens_valid_from = next_second if self.shut_out_at is None else NEVER

    token_number = cast("int | None", None)
    """In a call with a personal token that does not reach all albums: its number. Never stored."""

    def within(self, token_number: int) -> Self:
        """The person with no more reach than the personal token's albums, for the rest of this call."""
        self.token_number = token_number
        return self

    @property
    def is_admin(self) -> bool:
        """An admin may do everything everywhere."""
        return self.role is Role.ADMIN and self.token_number is None


NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MIN_PASSWORD_LENGTH = 8
NOBODYS_HASH = f"scrypt:32768:8:1${'0' * 16}${'0' * 128}"
"""Of no password, but as costly to check as any; working one out at every start would cost as much again."""


def normal_email(email: str) -> str:
    """Lower-case and stripped. Raises UserInvalid for what cannot be an address."""
    email = email.strip().lower()
    name, _, host = email.partition("@")
    if not name or not host or len(email) > 254 or not email.isprintable() or " " in email:
        raise UserInvalid("%(email)s is not an e-mail address.", email=repr(email[:80]))
    return email


def searched(name: str, email: str) -> str:
    """As searches see them: without accents and case."""
    return folded(f"{name} {email}")


def find_by_email(email: str) -> User | None:
    """The person with this address, in any case of letters."""
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def find_by_id(user_id: str) -> User | None:
    """The person with this id."""
    return db.session.scalar(_BY_ID, {"user_id": user_id})


_BY_ID = sa.select(User).where(User.id == sa.bindparam("user_id"))


def authenticate(email: str, password: str) -> User | None:
    """The person, if the password is theirs and they may come; an unknown address costs the same time."""
    user = find_by_email(email)
    if user is None:
        check_password_hash(NOBODYS_HASH, password)
        return None
    return user if user.has_password(password) and user.shut_out_at is None else None


def from_session(session_id: str) -> User | None:
    """The person of a session cookie's id; None when that has ended, or the person is unknown or shut out."""
    user_id, _, _ = session_id.partition(":")
    user = find_by_id(user_id)
    is_good = user is not None and user.get_id() == session_id and user.shut_out_at is None
    return user if is_good else None


def _long_enough(password: str) -> str:
    if len(password) < MIN_PASSWORD_LENGTH:
        raise UserInvalid("A password needs at least %(least)s characters.", least=MIN_PASSWORD_LENGTH)
    return password


def _hash(password: str) -> str:
    return generate_password_hash(password)
