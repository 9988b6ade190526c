"""How webhooks come about and change, in the writing transaction under way."""

from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import find_album
from gallery.models.audit import Deed, record
from gallery.models.delivery import Delivery
from gallery.models.event import TEST, Event, message
from gallery.models.text import storable
from gallery.models.user import User
from gallery.models.webhook import (
    MOST,
    Webhook,
    WebhookInvalid,
    checked_url,
    new_secret,
    webhooks_of,
    who_may_see,
)


def make(user: User, url: str, events: list[str], album_ids: list[str] | None) -> Webhook:
    """A new webhook of the person. Raises WebhookInvalid."""
    count = db.session.scalar(sa.select(sa.func.count()).select_from(webhooks_of(user).subquery()))
    if (count or 0) >= MOST:
        raise WebhookInvalid("One person can have %(most)s webhooks. Delete one first.", most=MOST)
    webhook = Webhook(
        user=user,
        url=checked_url(url),
        events=_known(events),
        album_ids=_visible(user, album_ids),
        secret=new_secret(),
    )
    db.session.add(webhook)
    db.session.flush()
    _note(Deed.WEBHOOK_MADE, webhook, user, events=webhook.events, album_ids=webhook.album_ids)
    return webhook


def change(webhook: Webhook, user: User, *, change_secret: bool = False, **changes: Any) -> None:
    """Let it be otherwise: `url`, `events`, `album_ids`, `is_active`. Raises WebhookInvalid."""
    if "url" in changes:
        webhook.url = checked_url(changes["url"])
    if "events" in changes:
        webhook.events = _known(changes["events"])
    if "album_ids" in changes:
        webhook.album_ids = _visible(user, changes["album_ids"])
    if "is_active" in changes:
        webhook.is_active, webhook.pause_reason, webhook.failing_since = changes["is_active"], None, None
    if change_secret:
        webhook.change_secret()
    fields = [*changes, *(["secret"] if change_secret else [])]
    _note(Deed.WEBHOOK_CHANGED, webhook, user, fields=fields, events=webhook.events)
    db.session.flush()


def remove(webhook: Webhook) -> None:
    """Delete it, with its messages."""
    _note(Deed.WEBHOOK_DELETED, webhook, webhook.user)
    db.session.execute(sa.delete(Webhook).where(Webhook.number == webhook.number))


def try_out(webhook: Webhook) -> Delivery:
    """A message that says nothing but that it arrives."""
    delivery = Delivery(webhook=webhook, event=TEST, payload=message(TEST, b"{}"))
    db.session.add(delivery)
    db.session.flush()
    return delivery


def send_again(delivery: Delivery) -> Delivery:
    """A new message of the same content."""
    again = Delivery(
        webhook=delivery.webhook,
        event=delivery.event,
        album_number=delivery.album_number,
        payload=delivery.payload,
    )
    db.session.add(again)
    db.session.flush()
    return again


def _note(deed: Deed, webhook: Webhook, user: User, **details: Any) -> None:
    """Of the address the host alone: what follows may be a secret."""
    record(deed, actor=user, webhook_id=webhook.id, host=urlsplit(webhook.url).hostname, **details)


def _known(events: list[str]) -> list[str]:
    known: list[str] = [event.value for event in Event if event.value in events]
    if not known or set(events) - set(known):
        raise WebhookInvalid("Name at least one event, and none but those that there are.")
    return known


def _visible(user: User, album_ids: list[str] | None) -> list[str] | None:
    if album_ids is None:
        return None
    wanted = list(dict.fromkeys(map(storable, album_ids)))
    for album_id in wanted:
        album = find_album(album_id)
        if album is None or user.number not in who_may_see([user], album.number):
            raise WebhookInvalid("There is no album %(id)s that you may see.", id=repr(album_id[:80]))
    if not wanted:
        raise WebhookInvalid("Name at least one album, or none for all that you may see.")
    return wanted
