"""`/api/v1/webhooks/ID/deliveries`: what was sent, and what came back."""

from flask import Blueprint, Response

from gallery import current
from gallery.api.access import caller
from gallery.api.answer import answer
from gallery.api.operation import operation
from gallery.api.paging import CursorInvalid, Paged, key_after, with_next
from gallery.api.received import QueryInvalid, query
from gallery.api.webhooks import own
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.delivery import Delivery, deliveries_of, find_delivery
from gallery.present.webhook_record import DeliveryRecord, delivery_record
from gallery.webhook_editing import send_again, try_out

blueprint = Blueprint("webhook_deliveries", __name__, url_prefix="/api/v1/webhooks/<webhook_id>")


class DeliveriesAsked(Paged, kw_only=True):
    """How many."""


@blueprint.get("/deliveries")
@operation(
    "List a webhook's messages",
    query=DeliveriesAsked,
    answers={200: list[DeliveryRecord]},
    refusals=(QueryInvalid, CursorInvalid, NotFound),
)
def index(webhook_id: str) -> Response:
    """Newest first, of the last 30 days."""
    webhook, asked = own(caller(), webhook_id), query(DeliveriesAsked)
    found = deliveries_of(webhook)
    if key := key_after(asked):
        found = found.where(Delivery.number < key[0])
    rows = db.session.scalars(found.limit(asked.limit + 1)).all()
    shown, zone = rows[: asked.limit], current.settings().time_zone
    key = (shown[-1].number,) if len(rows) > asked.limit else None
    return with_next(answer([delivery_record(row, zone) for row in shown]), key)


@blueprint.post("/tests")
@operation("Try a webhook out", answers={201: DeliveryRecord}, refusals=(NotFound,))
def try_it(webhook_id: str) -> Response:
    """A message of type `test` is sent within a second or two."""
    user = caller()
    begin_write()
    delivery = try_out(own(user, webhook_id))
    record = delivery_record(delivery, current.settings().time_zone)
    db.session.commit()
    return answer(record, 201)


@blueprint.post("/deliveries/<delivery_id>/replays")
@operation("Send a message again", answers={201: DeliveryRecord}, refusals=(NotFound,))
def replay(webhook_id: str, delivery_id: str) -> Response:
    """A new message with the same content, and an id of its own."""
    user = caller()
    begin_write()
    delivery = find_delivery(own(user, webhook_id), delivery_id)
    if delivery is None:
        raise NotFound("This webhook has no message with this id.")
    record = delivery_record(send_again(delivery), current.settings().time_zone)
    db.session.commit()
    return answer(record, 201)
