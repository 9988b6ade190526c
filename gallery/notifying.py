"""How messages reach the webhooks they are for."""

import base64
import hmac
import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event as Flag
from threading import Thread

from flask import Flask

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models.delivery import PAUSES_S, Delivery, Outcome, claim_due
from gallery.models.webhook import Webhook, who_may_see
from gallery.outside.address import Resolve, resolve
from gallery.outside.post import Said, post

log = logging.getLogger(__name__)
AT_ONCE = 4
"""Messages sent at the same time by one worker; images are processed by other threads."""
LOOK_EVERY_S = 1.0
PATIENCE = timedelta(days=3)
"""A webhook that has failed for so long is paused."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Letter:
    """What is needed to send a message, read so that no transaction waits for the other server."""

    url: str
    headers: dict[str, str]
    payload: bytes


class Postman:
    """Looks for messages whose time has come, and sends them, for as long as the worker runs."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._stopped = Flag()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhooks")

    def start(self) -> None:
        """Begin, in threads that end with the process."""
        Thread(target=self._go, name="webhooks", daemon=True).start()

    def stop(self) -> None:
        """Send nothing more."""
        self._stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def send_due(self) -> int:
        """Send what is due now: how many messages."""
        with self._app.app_context():
            numbers = claim_due(AT_ONCE)
        list(self._pool.map(self._send, numbers))
        return len(numbers)

    def _go(self) -> None:
        while not self._stopped.is_set():
            try:
                busy = self.send_due()
            except Exception:  # the database may be away for a while; messages wait in it
                log.exception("webhooks could not be looked after")
                busy = 0
            if not busy:
                self._stopped.wait(LOOK_EVERY_S)

    def _send(self, number: int) -> None:
        with self._app.app_context():
            try:
                send(number, self._settings)
            except Exception:  # one message's trouble must not stop the others; its claim ends by itself
                log.exception("message %s could not be sent", number)
                db.session.rollback()


def send(number: int, settings: Settings, resolver: Resolve = resolve) -> None:
    """Send one message that was claimed, and record what came back. Commits."""
    letter = _letter(number)
    if letter is None:
        return
    allow_private = settings.webhook_allow_private
    said = post(letter.url, letter.headers, letter.payload, allow_private=allow_private, resolver=resolver)
    begin_write()
    delivery = db.session.get(Delivery, number)
    if delivery is not None:
        _record(delivery, said)
    db.session.commit()


def signature(secret: str, message_id: str, timestamp_s: int, payload: bytes) -> str:
    """`v1,` and base64 of HMAC-SHA256 over `id.timestamp.payload` (Standard Webhooks 1.0)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp_s}.".encode() + payload
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def _letter(number: int) -> Letter | None:
    """None: it is not to be sent, which is recorded."""
    begin_write()
    delivery = db.session.get(Delivery, number)
    if delivery is None or delivery.next_try_at is None:
        db.session.rollback()
        return None
    webhook = delivery.webhook
    if not webhook.is_active or not _may_hear(webhook, delivery):
        delivery.end(Outcome.DROPPED)
        db.session.commit()
        return None
    timestamp_s = int(time.time())
    secrets = [secret for secret in (webhook.secret, webhook.retired_secret) if secret]
    signed = [signature(secret, delivery.id, timestamp_s, delivery.payload) for secret in secrets]
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Evident-Webhooks/1",
        "webhook-id": delivery.id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": " ".join(signed),
    }
    letter = Letter(webhook.url, headers, delivery.payload)
    db.session.rollback()
    return letter


def _may_hear(webhook: Webhook, delivery: Delivery) -> bool:
    if delivery.album_number is None:
        return True
    return webhook.user_number in who_may_see([webhook.user], delivery.album_number)


def _record(delivery: Delivery, said: Said) -> None:
    now, webhook = datetime.now(UTC), delivery.webhook
    delivery.tries += 1
    delivery.tried_at, delivery.claimed_until = now, None
    delivery.answer_status, delivery.answer_text = said.status, said.text.replace("\0", "�")
    if said.status is not None and 200 <= said.status < 300:
        delivery.end(Outcome.DELIVERED)
        webhook.failing_since = None
        return
    webhook.failing_since = webhook.failing_since or now
    if said.status == GONE:
        webhook.pause("Its server answered that it is gone for good (410).")
    elif now - webhook.failing_since > PATIENCE:
        webhook.pause(f"Nothing could be delivered since {webhook.failing_since:%Y-%m-%d}.")
    if delivery.tries > len(PAUSES_S) or not webhook.is_active:
        delivery.end(Outcome.FAILED)
        return
    pause_s = PAUSES_S[delivery.tries - 1] * random.uniform(0.9, 1.1)  # noqa: S311  # spreads, hides nothing
    delivery.next_try_at = now + timedelta(seconds=pause_s)
