"""`/api/v1/webhooks`: where your messages go."""

from typing import Annotated

import msgspec
from flask import Blueprint, Response, url_for

from gallery import current
from gallery.api.access import caller
from gallery.api.answer import answer, answer_nothing
from gallery.api.operation import Given, operation
from gallery.api.received import BodyInvalid, body
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.user import User
from gallery.models.webhook import Webhook, WebhookInvalid, find_webhook, webhooks_of
from gallery.present.webhook_record import EventName, WebhookRecord, webhook_record
from gallery.webhook_editing import change, make, remove

blueprint = Blueprint("webhooks_api", __name__, url_prefix="/api/v1/webhooks")
Events = Annotated[list[EventName], msgspec.Meta(min_length=1, max_length=20)]
AlbumIds = Annotated[list[str], msgspec.Meta(min_length=1, max_length=1_000)]


class WebhookGiven(Given):
    """A new webhook."""

    url: str
    events: Events
    album_ids: AlbumIds | None = None


class WebhookChange(Given):
    """What is to be different; what is left out stays."""

    url: str | msgspec.UnsetType = msgspec.UNSET
    events: Events | msgspec.UnsetType = msgspec.UNSET
    album_ids: AlbumIds | msgspec.UnsetType | None = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET
    change_secret: bool = False


@blueprint.get("")
@operation("List your webhooks", answers={200: list[WebhookRecord]})
def index() -> Response:
    """Oldest first, without their secrets."""
    user, zone = caller(), current.settings().time_zone
    return answer([webhook_record(found, zone) for found in db.session.scalars(webhooks_of(user))])


@blueprint.post("")
@operation(
    "Make a webhook",
    body=WebhookGiven,
    body_media=("application/json",),
    answers={201: WebhookRecord},
    refusals=(BodyInvalid, WebhookInvalid),
    is_replayable=False,
)
def create() -> Response:
    """The answer has the secret that messages are signed with; it is shown this once."""
    user, given = caller(), body(WebhookGiven)
    begin_write()
    webhook = make(user, given.url, list(given.events), given.album_ids)
    record = webhook_record(webhook, current.settings().time_zone, with_secret=True)
    db.session.commit()
    response = answer(record, 201)
    response.headers["Location"] = url_for("webhooks_api.show", webhook_id=record.id)
    return response


@blueprint.get("/<webhook_id>")
@operation("Read a webhook", answers={200: WebhookRecord}, refusals=(NotFound,))
def show(webhook_id: str) -> Response:
    """One of yours."""
    return answer(webhook_record(own(caller(), webhook_id), current.settings().time_zone))


@blueprint.put("/<webhook_id>")
@operation(
    "Change a webhook",
    body=WebhookChange,
    body_media=("application/json",),
    answers={200: WebhookRecord},
    refusals=(BodyInvalid, WebhookInvalid, NotFound),
)
def update(webhook_id: str) -> Response:
    """With `change_secret` the answer has the new secret; messages are signed with the old one, too."""
    user, given = caller(), body(WebhookChange)
    begin_write()
    webhook = own(user, webhook_id)
    fields = msgspec.structs.asdict(given).items()
    changes = {name: value for name, value in fields if value is not msgspec.UNSET}
    change(webhook, user, **changes)
    record = webhook_record(webhook, current.settings().time_zone, with_secret=given.change_secret)
    db.session.commit()
    return answer(record)


@blueprint.delete("/<webhook_id>")
@operation("Delete a webhook", answers={204: None}, refusals=(NotFound,))
def destroy(webhook_id: str) -> Response:
    """With its messages; those on their way may still arrive."""
    user = caller()
    begin_write()
    remove(own(user, webhook_id))
    db.session.commit()
    return answer_nothing()


def own(user: User, webhook_id: str) -> Webhook:
    """The person's webhook. Raises NotFound."""
    webhook = find_webhook(user, webhook_id)
    if webhook is None:
        raise NotFound("You have no webhook with this id.")
    return webhook
