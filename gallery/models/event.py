"""What happens to images and is told to other systems."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from gallery.db import db
from gallery.models.album import Album
from gallery.models.delivery import Delivery
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.models.webhook import Webhook, active_webhooks, who_may_see


class Event(StrEnum):
    """The name under which something that happened is announced."""

    NEW_IMAGE = "new_image"
    PROCESSED_IMAGE = "processed_image"
    UPDATED_IMAGE = "updated_image"
    DELETE_IMAGE = "delete_image"
    NEW_TAG_IMAGE = "new_tag_image"
    DELETE_TAG_IMAGE = "delete_tag_image"
    UPLOAD_DONE = "upload_done"
    VERDICT = "verdict"


TEST = "test"
"""Sent when somebody tries a webhook out."""


def announce(
    event: Event,
    images: Iterable[Image],
    *,
    tag_name: str | None = None,
    verdict: dict[str, Any] | None = None,
) -> None:
    """Note, in the transaction under way, that this happened to these images: a message for whoever listens.

    Call it when their documents are written: these are what is told, and which tag or which verdict it was.
    """
    webhooks = _listening(event)
    if not webhooks:
        return
    found = list(images)
    documents = _documents([image.id for image in found])
    for image in found:
        data = documents.get(image.id) or _gone(image)
        told = {"tag_name": tag_name, "verdict": verdict}
        more = {name: value for name, value in told.items() if value is not None}
        _tell(webhooks, event, image.album, message(event, data, **more))


def announce_album(event: Event, album: Album, **data: Any) -> None:
    """Note that something happened to an album as a whole."""
    if webhooks := _listening(event):
        _tell(webhooks, event, album, message(event, _json({"album_id": album.id} | data)))


def is_heard(event: Event) -> bool:
    """Whether anybody listens, for whoever would have to look something up first."""
    return bool(_listening(event))


def message(event: str, data: bytes, **more: Any) -> bytes:
    """The bytes that are sent: `{"type", "timestamp", …, "data"}`."""
    head = _json({"type": event, "timestamp": _now_text(), **more})
    return head[:-1] + b',"data":' + data + b"}"


def _listening(event: Event) -> list[Webhook]:
    return [webhook for webhook in active_webhooks() if event in webhook.events]


def _tell(webhooks: Sequence[Webhook], event: Event, album: Album, payload: bytes) -> None:
    listening = [webhook for webhook in webhooks if webhook.hears(event, album.id)]
    allowed = who_may_see((webhook.user for webhook in listening), album.number) if listening else set()
    db.session.add_all(
        Delivery(webhook=webhook, event=event.value, album_number=album.number, payload=payload)
        for webhook in listening
        if webhook.user_number in allowed
    )
    db.session.flush()


def _documents(image_ids: list[str]) -> dict[str, bytes]:
    rows = db.session.execute(
        sa.select(SyncDocument.image_id, SyncDocument.body).where(
            SyncDocument.image_id.in_(image_ids), SyncDocument.body.is_not(None)
        )
    )
    return {image_id: body for image_id, body in rows if body is not None}


def _gone(image: Image) -> bytes:
    return _json({"id": image.id, "album_id": image.album.id, "deleted_at": _now_text()})


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _now_text() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
