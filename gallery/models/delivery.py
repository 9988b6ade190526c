"""One message for one webhook: kept with what happened, sent later, until it has arrived."""

import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gallery.db import Model, NumberKey, begin_write, db
from gallery.models.text import storable
from gallery.models.webhook import Webhook

PAUSES_S = (5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 36_000)
"""How long to wait after each try that failed: a little more than a day together."""
CLAIMED = timedelta(seconds=60)
"""A worker that took a message and was killed holds it so long."""
KEPT = timedelta(days=30)


class Outcome(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"
    """Its owner may not see the album any more, or the webhook is paused."""


class Delivery(Model):
    """Its id is the same in every try: receivers know a repeated message by it."""

    __tablename__ = "delivery"
    __table_args__ = (
        sa.Index("ix_delivery_webhook", "webhook_number", "number"),
        sa.Index("ix_delivery_due", "next_try_at"),
    )

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(40), unique=True, default=lambda: f"msg_{uuid.uuid4().hex}")
    webhook_number: Mapped[int] = mapped_column(sa.ForeignKey("webhook.number", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(sa.String(30))
    album_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    """None: it is about no album, as a test is."""
    payload: Mapped[bytes] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC), index=True)
    outcome: Mapped[str] = mapped_column(sa.String(10), default=Outcome.WAITING.value)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(default=lambda: datetime.now(UTC))
    """None: it is over."""
    claimed_until: Mapped[datetime | None]
    """None: no worker has it."""
    tried_at: Mapped[datetime | None]
    answer_status: Mapped[int | None]
    answer_text: Mapped[str | None]
    webhook: Mapped[Webhook] = relationship(lazy="joined", innerjoin=True)

    def end(self, outcome: Outcome) -> None:
        """Nothing more is done about it."""
        self.outcome, self.next_try_at, self.claimed_until = outcome.value, None, None


def claim_due(limit: int) -> list[int]:
    """Numbers of messages whose time has come, which nobody else sends for a minute. Commits."""
    now = datetime.now(UTC)
    is_free = sa.or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now)
    due = sa.and_(Delivery.next_try_at <= now, is_free)
    some = sa.select(Delivery.number).where(due).order_by(Delivery.next_try_at, Delivery.number).limit(limit)
    found = db.session.scalars(some).all()
    db.session.rollback()
    if not found:
        return []
    begin_write()
    claimed = db.session.scalars(
        sa.update(Delivery)
        .where(Delivery.number.in_(found), due)
        .values(claimed_until=now + CLAIMED)
        .returning(Delivery.number)
        .execution_options(synchronize_session=False)
    ).all()
    db.session.commit()
    return sorted(claimed)


def deliveries_of(webhook: Webhook) -> sa.Select[Any]:
    """A webhook's messages, newest first."""
    newest = sa.select(Delivery).where(Delivery.webhook_number == webhook.number)
    return newest.order_by(Delivery.number.desc())


def find_delivery(webhook: Webhook, delivery_id: str) -> Delivery | None:
    """One of them by its id."""
    found: Delivery | None = db.session.scalar(
        deliveries_of(webhook).where(Delivery.id == storable(delivery_id))
    )
    return found


def forget_old() -> None:
    """Delete what was over long ago. Commits."""
    begin_write()
    old = Delivery.created_at < datetime.now(UTC) - KEPT
    db.session.execute(sa.delete(Delivery).where(old, Delivery.next_try_at.is_(None)))
    db.session.commit()
