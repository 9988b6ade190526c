"""A person's own webhooks: made, changed, tried out, looked after."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gallery import current
from gallery.access import own_row
from gallery.db import begin_write, db
from gallery.errors import NotFound
from gallery.models.delivery import deliveries_of, find_delivery
from gallery.models.webhook import Webhook, WebhookInvalid, find_webhook, webhooks_of
from gallery.present.webhook_list import delivery_rows, webhook_rows
from gallery.web.sessions import sign_in_first
from gallery.web.webhook_form import WORDS, WebhookForm
from gallery.webhook_editing import change, make, remove, send_again, try_out

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
blueprint.before_request(sign_in_first)
SHOWN = 50
"""Messages of the log on a page."""


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The webhooks, and a form for another."""
    return _list(WebhookForm())


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Make one. This answer alone shows its secret."""
    form = WebhookForm()
    if not form.validate_on_submit():
        return _list(form), 422
    begin_write()
    try:
        webhook = make(own_row(), form.url.data, form.events.data, form.album_ids)
    except WebhookInvalid as refusal:
        db.session.rollback()
        return _list(form, refusal=refusal.said()), 422
    secret = webhook.secret
    db.session.commit()
    return _one(webhook, secret=secret), 201


@blueprint.get("/<webhook_id>")
def show(webhook_id: str) -> ResponseReturnValue:
    """One of them, with what was sent."""
    return _one(_own(webhook_id))


@blueprint.post("/<webhook_id>")
def update(webhook_id: str) -> ResponseReturnValue:
    """Change it."""
    form = WebhookForm()
    begin_write()
    webhook = _own(webhook_id)
    if not form.validate_on_submit():
        return _one(webhook, form), 422
    changes = {"url": form.url.data, "events": form.events.data, "album_ids": form.album_ids}
    try:
        change(webhook, webhook.user, is_active=form.is_active.data, **changes)
    except WebhookInvalid as refusal:
        db.session.rollback()
        return _one(_own(webhook_id), form, refusal=refusal.said()), 422
    db.session.commit()
    flash("The webhook is changed.")
    return redirect(url_for("webhooks.show", webhook_id=webhook_id), 303)


@blueprint.post("/<webhook_id>/secret")
def change_secret(webhook_id: str) -> ResponseReturnValue:
    """Sign with a new secret, which this answer alone shows, and with the old one until the next change."""
    begin_write()
    webhook = _own(webhook_id)
    change(webhook, webhook.user, change_secret=True)
    secret = webhook.secret
    db.session.commit()
    return _one(webhook, secret=secret)


@blueprint.post("/<webhook_id>/tests")
def try_it(webhook_id: str) -> ResponseReturnValue:
    """Send a message that says nothing."""
    begin_write()
    try_out(_own(webhook_id))
    db.session.commit()
    flash("A test message is on its way. Load this page again to see what came back.")
    return redirect(url_for("webhooks.show", webhook_id=webhook_id), 303)


@blueprint.post("/<webhook_id>/deliveries/<delivery_id>/replays")
def replay(webhook_id: str, delivery_id: str) -> ResponseReturnValue:
    """Send one of its messages again."""
    begin_write()
    delivery = find_delivery(_own(webhook_id), delivery_id)
    if delivery is None:
        raise NotFound("There is no such message; the log goes back 30 days.")
    send_again(delivery)
    db.session.commit()
    flash("The message is sent again.")
    return redirect(url_for("webhooks.show", webhook_id=webhook_id), 303)


@blueprint.post("/<webhook_id>/removal")
def destroy(webhook_id: str) -> ResponseReturnValue:
    """Delete it."""
    begin_write()
    remove(_own(webhook_id))
    db.session.commit()
    flash("The webhook is deleted.")
    return redirect(url_for("webhooks.index"), 303)


def _own(webhook_id: str) -> Webhook:
    webhook = find_webhook(own_row(), webhook_id)
    if webhook is None:
        raise NotFound("There is no such webhook; it may be deleted.")
    return webhook


def _list(form: WebhookForm, *, refusal: str = "") -> str:
    rows = webhook_rows(db.session.scalars(webhooks_of(current_user)))
    return render_template("webhooks/index.html", form=form, rows=rows, refusal=refusal)


def _one(webhook: Webhook, form: WebhookForm | None = None, *, refusal: str = "", secret: str = "") -> str:
    zone = current.settings().time_zone
    log = delivery_rows(db.session.scalars(deliveries_of(webhook).limit(SHOWN)), zone)
    return render_template(
        "webhooks/show.html",
        webhook=webhook,
        form=form or WebhookForm.of(webhook),
        refusal=refusal,
        secret=secret,
        log=log,
        words=WORDS,
    )
