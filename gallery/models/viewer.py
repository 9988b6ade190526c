"""A person as most calls need them: without the row."""

from datetime import datetime
from typing import NamedTuple, Self

import sqlalchemy as sa

from gallery.models.user import Role, User
from gallery.prepared import Borrowed, Prepared, Reader


class Viewer(NamedTuple):
    """What of a person decides what they may do, read without an object of the session."""

    number: int
    name: str
    role: Role
    tokens_valid_from: datetime
    shut_out_at: datetime | None
    token_number: int | None = None
    """As of User."""

    @classmethod
    def of(cls, user: User) -> Self:
        """Somebody whose row is there."""
        return cls(
            user.number, user.name, user.role, user.tokens_valid_from, user.shut_out_at, user.token_number
        )

    def within(self, token_number: int) -> Self:
        """As of User."""
        return self._replace(token_number=token_number)

    @property
    def is_admin(self) -> bool:
        """An admin may see everything."""
        return self.role is Role.ADMIN and self.token_number is None


def find_viewer(reader: Reader | Borrowed, user_id: str) -> Viewer | None:
    """What decides what the person with this id may do."""
    rows = _VIEWER.rows(reader, user_id=user_id)
    return Viewer(*rows[0]) if rows else None


_VIEWER = Prepared(
    sa.select(User.number, User.name, User.role, User.tokens_valid_from, User.shut_out_at).where(
        User.id == sa.bindparam("user_id")
    )
)
