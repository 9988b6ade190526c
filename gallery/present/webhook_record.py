"""Webhooks and their messages as programs read them."""

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from gallery.models.delivery import Delivery
from gallery.models.webhook import Webhook
from gallery.present.sync_document import timestamp

EventName = Literal[
    "new_image",
    "processed_image",
    "updated_image",
    "delete_image",
    "new_tag_image",
    "delete_tag_image",
    "upload_done",
    "verdict",
]


class WebhookRecord(msgspec.Struct, omit_defaults=True):
    """Where messages go, and which."""

    id: str
    url: str
    events: list[str]
    album_ids: Annotated[list[str] | None, msgspec.Meta(description="null: all that you may see.")]
    is_active: bool
    pause_reason: Annotated[str | None, msgspec.Meta(description="Why the gallery paused it.")]
    created_at: str
    secret: Annotated[
        str | msgspec.UnsetType, msgspec.Meta(description="Shown when it is made or changed, never again.")
    ] = msgspec.UNSET


class DeliveryRecord(msgspec.Struct):
    """A message, and how far it is."""

    id: Annotated[str, msgspec.Meta(description="The `webhook-id` of every try.")]
    event: str
    outcome: Literal["waiting", "delivered", "failed", "dropped"]
    tries: int
    created_at: str
    tried_at: str | None
    next_try_at: str | None
    answer_status: int | None
    answer_text: str | None


def webhook_record(webhook: Webhook, zone: ZoneInfo, *, with_secret: bool = False) -> WebhookRecord:
    """The record; its secret only for whoever just made it."""
    return WebhookRecord(
        id=webhook.id,
        url=webhook.url,
        events=webhook.events,
        album_ids=webhook.album_ids,
        is_active=webhook.is_active,
        pause_reason=webhook.pause_reason,
        created_at=timestamp(webhook.created_at, zone),
        secret=webhook.secret if with_secret else msgspec.UNSET,
    )


def delivery_record(delivery: Delivery, zone: ZoneInfo) -> DeliveryRecord:
    """The record of one message."""

    def said(moment: datetime | None) -> str | None:
        return None if moment is None else timestamp(moment, zone)

    return DeliveryRecord(
        id=delivery.id,
        event=delivery.event,
        outcome=delivery.outcome,  # type: ignore[arg-type]  # the column holds nothing else
        tries=delivery.tries,
        created_at=timestamp(delivery.created_at, zone),
        tried_at=said(delivery.tried_at),
        next_try_at=said(delivery.next_try_at),
        answer_status=delivery.answer_status,
        answer_text=delivery.answer_text,
    )
