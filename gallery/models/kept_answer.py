"""Answers to calls that create something, kept so that a call made again does nothing twice."""

import secrets
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from gallery.db import Model, begin_write, db
from gallery.errors import GalleryError

KEPT = timedelta(hours=24)
ABANDONED = timedelta(seconds=60)
"""After so long without an answer a call counts as dead. If it lives, it fails where it would commit."""


class KeyReused(GalleryError):
    """The same idempotency key came with another request."""

    code = "idempotency_key_reused"
    status = 422


class CallInProgress(GalleryError):
    """The first call with this idempotency key is still under way."""

    code = "idempotency_in_progress"
    status = 409


class AnswerLost(GalleryError):
    """The first call with this idempotency key was carried out, but its answer was lost."""

    code = "idempotency_answer_lost"
    status = 409


class KeptAnswer(Model):
    """What one person's call with a key was answered. Written in three steps: claimed, done, answered."""

    __tablename__ = "kept_answer"

    user_number: Mapped[int] = mapped_column(
        sa.ForeignKey("user.number", ondelete="CASCADE"), primary_key=True
    )
    key_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """SHA-256 of key, method and path."""
    request_digest: Mapped[str] = mapped_column(sa.String(64))
    claim: Mapped[str] = mapped_column(sa.String(32))
    """Of the call that is carrying it out; another's after it was taken over."""
    claimed_at: Mapped[datetime] = mapped_column(index=True)
    is_done: Mapped[bool] = mapped_column(default=False)
    """Set in the transaction of what the call does: true exactly if that was committed."""
    status: Mapped[int | None]
    """None: not answered (yet)."""
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    gates: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    """[action, album number] of what the person had to be allowed."""
    body: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    """Compressed."""

    @property
    def is_over(self) -> bool:
        """Whether the key may be used for something new."""
        return self.claimed_at < datetime.now(UTC) - KEPT

    @property
    def is_abandoned(self) -> bool:
        """Whether whoever claimed it is dead, by the clock."""
        return self.status is None and self.claimed_at < datetime.now(UTC) - ABANDONED

    @property
    def content(self) -> bytes:
        """The body that was answered."""
        return zlib.decompress(self.body or zlib.compress(b""))


class Claim(NamedTuple):
    """The right to carry out the call."""

    user_number: int
    key_digest: str
    name: str


def claim(user_number: int, key_digest: str, request_digest: str) -> Claim | KeptAnswer:
    """The right to carry out the call, or what it was answered before. Commits.

    Raises KeyReused, CallInProgress or AnswerLost.
    """
    mine = Claim(user_number, key_digest, secrets.token_hex(16))
    values = {
        "request_digest": request_digest,
        "claim": mine.name,
        "claimed_at": datetime.now(UTC),
        "is_done": False,
        "status": None,
        "headers": {},
        "gates": [],
        "body": None,
    }
    begin_write()
    if not _insert({"user_number": user_number, "key_digest": key_digest, **values}):
        found = db.session.get_one(KeptAnswer, (user_number, key_digest), with_for_update=True)
        if not found.is_over:
            if found.request_digest != request_digest:
                raise KeyReused("This Idempotency-Key was used for another request. Make a new one.")
            if found.status is not None:
                return found
            if found.is_done and found.is_abandoned:
                raise AnswerLost("This call was carried out, but its answer was lost. Look what is there.")
            if not found.is_abandoned:
                raise CallInProgress(
                    "The first call with this Idempotency-Key is under way. Ask again later."
                )
        for name, value in values.items():
            setattr(found, name, value)
    db.session.commit()
    return mine


def note_done(mine: Claim) -> None:
    """Note in the transaction under way that it does what was claimed.

    Raises CallInProgress where another call has taken it over.
    """
    noted = _change(mine, is_done=True)
    if not noted:
        raise CallInProgress("Another call with this Idempotency-Key took over.")


def keep(mine: Claim, status: int, headers: dict[str, str], gates: list[Any], content: bytes) -> None:
    """Keep the answer. Commits."""
    begin_write()
    _change(mine, status=status, headers=headers, gates=gates, body=zlib.compress(content))
    db.session.commit()


def release(mine: Claim) -> None:
    """Let the call be made again, unless it did something. Commits."""
    begin_write()
    db.session.execute(sa.delete(KeptAnswer).where(*_is(mine), sa.not_(KeptAnswer.is_done)))
    db.session.commit()


def forget_old() -> None:
    """Delete what nobody needs any more. Commits."""
    old = KeptAnswer.claimed_at < datetime.now(UTC) - KEPT
    if db.session.scalar(sa.select(KeptAnswer.user_number).where(old).limit(1)) is None:
        db.session.rollback()
        return
    begin_write()
    db.session.execute(sa.delete(KeptAnswer).where(old))
    db.session.commit()


def _insert(row: dict[str, Any]) -> bool:
    """Whether it was not there."""
    is_sqlite = db.session.connection().dialect.name == "sqlite"
    insert = (sqlite.insert if is_sqlite else postgresql.insert)(KeptAnswer).values(row)
    added = insert.on_conflict_do_nothing().returning(KeptAnswer.user_number)
    return db.session.scalar(added) is not None


def _change(mine: Claim, **values: Any) -> bool:
    changed = (
        sa.update(KeptAnswer)
        .where(*_is(mine))
        .values(**values)
        .returning(KeptAnswer.user_number)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(changed) is not None


def _is(mine: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        KeptAnswer.user_number == mine.user_number,
        KeptAnswer.key_digest == mine.key_digest,
        KeptAnswer.claim == mine.name,
    )
