"""Webhooks and their messages as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gallery.language import Phrases, later, translated
from gallery.language import gettext as _
from gallery.models.delivery import Delivery, Outcome
from gallery.models.webhook import Webhook

_OUTCOMES = Phrases(
    {
        Outcome.WAITING: later("waiting"),
        Outcome.DELIVERED: later("arrived"),
        Outcome.FAILED: later("given up"),
        Outcome.DROPPED: later("not sent: paused, or the album is not yours to see any more"),
    }
)


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """One webhook in the list."""

    id: str
    url: str
    state: str
    is_troubled: bool
    events: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One message in the log."""

    id: str
    event: str
    outcome: str
    is_troubled: bool
    created: str
    tries: int
    said: str


def webhook_rows(webhooks: Iterable[Webhook]) -> list[WebhookRow]:
    """As they come."""
    return [
        WebhookRow(
            id=webhook.id,
            url=webhook.url,
            state=_state(webhook),
            is_troubled=bool(webhook.failing_since or webhook.pause_reason),
            events=", ".join(webhook.events),
        )
        for webhook in webhooks
    ]


def delivery_rows(deliveries: Iterable[Delivery], zone: ZoneInfo) -> list[DeliveryRow]:
    """As they come; times in the zone."""
    return [
        DeliveryRow(
            id=delivery.id,
            event=delivery.event,
            outcome=_outcome(delivery, zone),
            is_troubled=delivery.outcome == Outcome.FAILED
            or (delivery.tries > 0 and delivery.next_try_at is not None),
            created=_at(delivery.created_at, zone),
            tries=delivery.tries,
            said=_said(delivery),
        )
        for delivery in deliveries
    ]


def _state(webhook: Webhook) -> str:
    if not webhook.is_active:
        return f"{_('Paused.')} {translated(webhook.pause_reason or '')}".strip()
    return _("Messages do not arrive at present.") if webhook.failing_since else _("Sends messages.")


def _is_troubled(delivery: Delivery) -> bool:
    is_tried_again = delivery.tries > 0 and delivery.next_try_at is not None
    return is_tried_again or delivery.outcome == Outcome.FAILED


def _outcome(delivery: Delivery, zone: ZoneInfo) -> str:
    words = _OUTCOMES[Outcome(delivery.outcome)]
    if delivery.next_try_at is not None and delivery.tries:
        return _("next try at %(time)s", time=_at(delivery.next_try_at, zone))
    return words


def _said(delivery: Delivery) -> str:
    if delivery.answer_status is None:
        return delivery.answer_text or ""
    return f"{delivery.answer_status} {delivery.answer_text or ''}"[:200].strip()


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
