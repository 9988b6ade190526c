"""An address of another system that wants to hear what happens."""

import base64
import secrets
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gallery.db import Model, NumberKey, db
from gallery.errors import GalleryError
from gallery.models.album import Membership
from gallery.models.text import storable
from gallery.models.user import User
from gallery.prepared import Prepared

MOST = 50
"""Webhooks of one person."""


class WebhookInvalid(GalleryError):
    """A webhook cannot be as asked."""

    code = "webhook_invalid"
    status = 422


class Webhook(Model):
    """Hears of the images that its owner may see."""

    __tablename__ = "webhook"

    number: Mapped[NumberKey]
    id: Mapped[str] = mapped_column(sa.String(36), unique=True, default=lambda: str(uuid.uuid4()))
    user_number: Mapped[int] = mapped_column(sa.ForeignKey("user.number", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(sa.JSON)
    album_ids: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """None: all that the person may see."""
    secret: Mapped[str]
    """`whsec_` and base64 of the key that signs (Standard Webhooks)."""
    retired_secret: Mapped[str | None]
    """Signs, too, until the next change of secrets; None: there was none before."""
    is_active: Mapped[bool] = mapped_column(default=True)
    pause_reason: Mapped[str | None]
    """Why the gallery paused it; None: it did not."""
    failing_since: Mapped[datetime | None]
    """None: the last delivery arrived, or there was none."""
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    def hears(self, event: str, album_id: str) -> bool:
        """Whether it wants to know that this happened in this album."""
        return event in self.events and (self.album_ids is None or album_id in self.album_ids)

    def pause(self, reason: str) -> None:
        """Send nothing until somebody turns it on again."""
        self.is_active, self.pause_reason = False, reason

    def change_secret(self) -> None:
        """Sign with a new secret, and with the old one until the next change."""
        self.retired_secret, self.secret = self.secret, new_secret()


def new_secret() -> str:
    """24 random bytes, as Standard Webhooks writes a key."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def checked_url(text: str) -> str:
    """The address, if one can send to it. Raises WebhookInvalid."""
    text = storable(text).strip()
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        has_name = parts.username is not None or parts.password is not None
    except ValueError:
        is_good = has_name = False
    is_plain = text.isascii() and text.isprintable() and " " not in text and len(text) <= 2_000
    if not is_good or has_name or not is_plain:
        raise WebhookInvalid("The address must be as https://host/path, without a name or password in it.")
    return text


def active_webhooks() -> list[Webhook]:
    """Those that want to hear anything."""
    db.session.flush()
    if not _SOME_ACTIVE.rows_on(db.session.connection()):  # as nearly always, and asked at every change
        return []
    return list(db.session.scalars(sa.select(Webhook).where(Webhook.is_active)))


_SOME_ACTIVE = Prepared(sa.select(Webhook.number).where(Webhook.is_active).limit(1))


def webhooks_of(user: User) -> sa.Select[Any]:
    """A person's, oldest first."""
    return sa.select(Webhook).where(Webhook.user_number == user.number).order_by(Webhook.number)


def find_webhook(user: User, webhook_id: str) -> Webhook | None:
    """A person's webhook by its id."""
    found: Webhook | None = db.session.scalar(webhooks_of(user).where(Webhook.id == storable(webhook_id)))
    return found


def who_may_see(users: Iterable[User], album_number: int) -> set[int]:
    """Numbers of those of the people who may see the album."""
    people = [user for user in users if user.shut_out_at is None]
    members = db.session.scalars(
        sa.select(Membership.user_number).where(
            Membership.album_number == album_number,
            Membership.user_number.in_([user.number for user in people]),
        )
    )
    return {*members, *(user.number for user in people if user.is_admin)}
