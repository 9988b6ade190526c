"""The pages of a person's webhooks."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from gallery.db import begin_write, db
from gallery.models.delivery import Delivery
from gallery.models.user import User
from gallery.webhook_editing import make, try_out

HOSTILE = "https://example.org/<script>alert(1)</script>?{{7*7}}"


def test_a_webhook_is_made_its_secret_shown_once_changed_tried_and_deleted(
    app: Flask, make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = sign_in(make_user())
    assert "No webhooks yet" in client.get("/webhooks").text
    made = client.post("/webhooks", data={"url": HOSTILE, "events": ["new_image"]})
    assert made.status_code == 201
    (secret,) = re.findall(r"whsec_[\w+/=]+", made.text)
    assert "<script>alert" not in made.text
    assert "49" not in re.sub(r"\d{4}-\d\d", "", made.text.partition("<h1")[2].partition("</h1>")[0])
    (path,) = set(re.findall(r'href="(/webhooks/[\w-]+)"', client.get("/webhooks").text))
    assert secret not in client.get(path).text
    assert client.post(f"{path}/tests").status_code == 303
    assert "waiting" in client.get(path).text
    with app.app_context():
        delivery_id = db.session.scalars(db.select(Delivery)).one().id
    assert client.post(f"{path}/deliveries/{delivery_id}/replays").status_code == 303
    changed = client.post(path, data={"url": "https://example.org/b", "events": ["delete_image"]})
    assert changed.status_code == 303
    assert "Paused" in client.get("/webhooks").text, "“Send messages” was not ticked"
    assert re.search(r"whsec_", client.post(f"{path}/secret").text)
    assert client.post(f"{path}/removal").status_code == 303
    assert client.get(path).status_code == 404


def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    app: Flask, make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = sign_in(make_user())
    for data, words in (
        ({"url": "https://example.org/"}, "at least one thing"),
        ({"url": "ftp://example.org/", "events": ["new_image"]}, "must be as https://host/path"),
        (
            {"url": "https://example.org/", "events": ["new_image"], "albums": "no\0where"},
            "There is no album",
        ),
    ):
        answer = client.post("/webhooks", data=data)
        assert answer.status_code == 422
        assert words in answer.text
        assert str(data["url"]) in answer.text


def test_anothers_webhook_does_not_exist(
    app: Flask, make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    owner = make_user("owner@example.org")
    with app.app_context():
        begin_write()
        webhook = make(db.session.merge(owner), "https://example.org/", ["new_image"], None)
        message: Any = try_out(webhook)
        path, message_id = f"/webhooks/{webhook.id}", message.id
        db.session.commit()
    client = sign_in(make_user("other@example.org"))
    assert client.get(path).status_code == 404
    for address in (path, f"{path}/secret", f"{path}/tests", f"{path}/removal"):
        assert (
            client.post(address, data={"url": "https://x.org/", "events": ["new_image"]}).status_code == 404
        )
    assert client.post(f"{path}/deliveries/{message_id}/replays").status_code == 404
