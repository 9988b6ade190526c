"""Webhooks: who hears of what, signed, until it has arrived, and never inside our walls."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from standardwebhooks.webhooks import Webhook as Stranger

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.jobs import queue_of
from gallery.models.album import find_album
from gallery.models.delivery import CLAIMED, Delivery, claim_due
from gallery.models.image import Image
from gallery.models.kept_answer import KeptAnswer
from gallery.models.user import User
from gallery.notifying import Postman, send
from gallery.outside.address import AddressRefused, is_open, open_addresses
from gallery.outside.post import post
from tests.api.conftest import ALBUM, Program
from tests.conftest import NewGallery
from tests.drawing import drawn_jpeg
from tests.engines import both_engines

PATH = "/api/v1/webhooks"


@dataclass(slots=True)
class Receiver:
    """Another system."""

    port: int
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    """Answered in turn; then 204."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = found.statuses.pop(0) if found.statuses else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", found.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Receiver(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def environ(new_gallery: NewGallery, engine: str, tmp_path: Any) -> Iterator[dict[str, str]]:
    """A gallery whose webhooks may lead into private networks."""
    with new_gallery(engine, tmp_path / "i", SECRET_KEY="s", WEBHOOK_ALLOW_PRIVATE="on") as environ:
        yield environ


@pytest.fixture
def postman(app: Flask, settings: Settings) -> Iterator[Postman]:
    postman = Postman(app, settings)
    yield postman
    postman.stop()


def make_hook(program: Program, receiver: Receiver, *events: str, **more: Any) -> dict[str, Any]:
    answer = program.call("POST", PATH, json={"url": receiver.url, "events": list(events), **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def be_due(app: Flask) -> None:
    """Let the time of every message come."""
    with app.app_context():
        begin_write()
        now = datetime.now(UTC)
        db.session.execute(
            sa.update(Delivery).where(Delivery.next_try_at.is_not(None)).values(next_try_at=now)
        )
        db.session.commit()


@both_engines
def test_a_message_is_signed_and_tells_what_the_sync_api_answers(
    program: Program, receiver: Receiver, postman: Postman, app: Flask
) -> None:
    hook = make_hook(program, receiver, "new_image", "processed_image", "upload_done", "delete_image")
    image_id = program.upload(drawn_jpeg(), tags="a").json[0]["id"]
    assert postman.send_due() == 1
    headers, body = receiver.got[0]
    verified = Stranger(hook["secret"]).verify(body, headers)
    assert (verified["type"], verified["data"]["id"]) == ("new_image", image_id)
    assert body.endswith(b',"data":' + program.call("GET", "/api/v1/image_syncs").data[1:-1] + b"}")
    with app.app_context():
        number = db.session.scalar(sa.select(Image.number))
    assert number is not None
    queue_of(app).process_now(number)
    while postman.send_due():
        pass
    assert sorted(receiver.types[1:]) == ["processed_image", "upload_done"]
    program.call("DELETE", f"/api/v1/images/{image_id}")
    postman.send_due()
    gone = json.loads(receiver.got[-1][1])
    assert (gone["type"], gone["data"]["id"], gone["data"]["album_id"]) == ("delete_image", image_id, ALBUM)


@both_engines
def test_what_is_rolled_back_is_not_told_and_tags_name_themselves(
    program: Program, receiver: Receiver, postman: Postman
) -> None:
    make_hook(program, receiver, "updated_image", "new_tag_image")
    image_id = program.upload(drawn_jpeg()).json[0]["id"]
    refused = program.call("PUT", f"/api/v1/images/{image_id}", json={"title": "x", "rotation": 45})
    assert refused.status_code == 422
    assert postman.send_due() == 0
    program.call("PUT", f"/api/v1/images/{image_id}", json={"tags": ["roof"]})
    while postman.send_due():
        pass
    tagged = [json.loads(body) for _, body in receiver.got if b"new_tag_image" in body]
    assert [one["tag_name"] for one in tagged] == ["roof"]
    assert tagged[0]["data"]["tag_names"] == ["roof"]


def test_what_fails_is_tried_again_with_the_same_id_and_then_logged_as_delivered(
    program: Program, receiver: Receiver, postman: Postman, app: Flask
) -> None:
    hook = make_hook(program, receiver, "new_image")
    receiver.statuses = [500, 302]
    program.upload(drawn_jpeg())
    for _ in range(3):
        postman.send_due()
        assert postman.send_due() == 0, "it waits"
        be_due(app)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len(receiver.got) == 3
    (log,) = program.call("GET", f"{PATH}/{hook['id']}/deliveries").json
    assert (log["outcome"], log["tries"], log["answer_status"]) == ("delivered", 3, 204)
    again = program.call("POST", f"{PATH}/{hook['id']}/deliveries/{log['id']}/replays")
    assert again.status_code == 201
    postman.send_due()
    assert receiver.got[3][1] == receiver.got[0][1]
    assert receiver.got[3][0]["webhook-id"] == again.json["id"] != log["id"]


def test_a_server_that_is_gone_for_good_pauses_its_webhook(
    program: Program, receiver: Receiver, postman: Postman
) -> None:
    hook = make_hook(program, receiver, "new_image")
    receiver.statuses = [410]
    program.upload(drawn_jpeg())
    postman.send_due()
    found = program.call("GET", f"{PATH}/{hook['id']}").json
    assert not found["is_active"]
    assert "410" in found["pause_reason"]
    program.upload(drawn_jpeg((9, 9, 9)))
    assert postman.send_due() == 0
    changed = program.call("PUT", f"{PATH}/{hook['id']}", json={"is_active": True})
    assert changed.json["pause_reason"] is None


@both_engines
def test_who_may_not_see_the_album_any_more_hears_nothing(
    program: Program, receiver: Receiver, postman: Postman, app: Flask
) -> None:
    hook = make_hook(program, receiver, "new_image")
    program.upload(drawn_jpeg())
    with app.app_context():
        begin_write()
        album, user = find_album(ALBUM), db.session.scalars(sa.select(User)).one()
        assert album is not None
        album.dismiss(user)
        db.session.commit()
    postman.send_due()
    assert receiver.got == []
    (log,) = program.call("GET", f"{PATH}/{hook['id']}/deliveries").json
    assert log["outcome"] == "dropped"


@pytest.mark.slow
@both_engines
def test_a_message_is_taken_by_one_worker_until_its_claim_ends(
    program: Program, receiver: Receiver, app: Flask, settings: Settings
) -> None:
    make_hook(program, receiver, "new_image")
    program.upload(drawn_jpeg())
    with app.app_context():
        (number,) = claim_due(10)
        assert claim_due(10) == []
        begin_write()
        db.session.get_one(Delivery, number).claimed_until = datetime.now(UTC) - CLAIMED
        db.session.commit()
        assert claim_due(10) == [number]
        send(number, settings)
        assert claim_due(10) == []
    assert len(receiver.got) == 1


def test_both_secrets_sign_after_a_change(program: Program, receiver: Receiver, postman: Postman) -> None:
    hook = make_hook(program, receiver, "new_image")
    changed = program.call("PUT", f"{PATH}/{hook['id']}", json={"change_secret": True}).json
    assert changed["secret"] != hook["secret"]
    assert "secret" not in program.call("GET", f"{PATH}/{hook['id']}").json
    assert program.call("POST", f"{PATH}/{hook['id']}/tests").status_code == 201
    postman.send_due()
    headers, body = receiver.got[0]
    for secret in (hook["secret"], changed["secret"]):
        assert Stranger(secret).verify(body, headers)["type"] == "test"


def test_its_secret_is_kept_with_no_answer(program: Program, app: Flask) -> None:
    given = {"url": "https://example.org/", "events": ["new_image"]}
    answers = [
        program.call("POST", PATH, json=given, headers={"Idempotency-Key": "once"}).json for _ in range(2)
    ]
    assert answers[0]["secret"] != answers[1]["secret"]
    with app.app_context():
        assert db.session.scalars(sa.select(KeptAnswer)).all() == []


def test_a_webhook_is_its_owners_alone(program: Program, stranger: Program, receiver: Receiver) -> None:
    hook = make_hook(program, receiver, "new_image")
    for method in ("GET", "PUT", "DELETE"):
        assert stranger.call(method, f"{PATH}/{hook['id']}", json={}).status_code == 404
    assert stranger.call("GET", PATH).json == []
    assert program.call("DELETE", f"{PATH}/{hook['id']}").status_code == 204
    assert program.call("GET", PATH).json == []


@pytest.mark.parametrize(
    "given",
    [
        {"url": "ftp://example.org/"},
        {"url": "https://user:word@example.org/"},
        {"url": "https://"},
        {"url": "https://exa mple.org/"},
        {"url": "https://example.org:99999/"},
        {"url": "x" * 5_000},
        {"events": []},
        {"events": ["everything"]},
        {"album_ids": ["nowhere"]},
        {"album_ids": []},
        {"name": "unknown key"},
    ],
)
def test_a_webhook_that_cannot_be_is_refused_in_words(program: Program, given: dict[str, Any]) -> None:
    body = {"url": "https://example.org/hook", "events": ["new_image"]} | given
    answer = program.call("POST", PATH, json=body)
    assert answer.status_code == 422
    assert answer.json["detail"].endswith(".")


INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "nonsense",
]


@pytest.mark.parametrize("text", INSIDE)
def test_an_address_inside_is_not_open(text: str) -> None:
    assert not is_open(text)


@pytest.mark.parametrize("text", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_an_address_of_the_internet_is_open(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_a_host_that_stands_for_us_is_refused_however_it_is_written(host: str, receiver: Receiver) -> None:
    with pytest.raises(AddressRefused):
        open_addresses(host, receiver.port)
    said = post(f"http://{host}:{receiver.port}/", {}, b"{}", allow_private=False)
    assert (said.status, receiver.got) == (None, [])
    assert "private" in said.text or "no host" in said.text


def test_a_name_that_changes_its_address_is_connected_to_the_one_that_was_checked(receiver: Receiver) -> None:
    """The resolver is asked once; what it says the next time (our own machine) is never reached."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    url = f"http://rebound.example:{receiver.port}/"
    said = post(url, {}, b"{}", allow_private=False, resolver=resolver, total_s=1)
    assert (said.status, asked, receiver.got) == (None, ["rebound.example"], [])
    assert "private" not in said.text
    arrived = post(url, {}, b"{}", allow_private=True, resolver=resolver)  # the control: it does lead there
    assert (arrived.status, len(receiver.got)) == (204, 1)


def test_a_host_whose_first_address_leads_nowhere_is_reached_at_its_second(receiver: Receiver) -> None:
    url = f"http://two.example:{receiver.port}/"
    said = post(
        url, {}, b"{}", allow_private=True, resolver=lambda *_: ["240.0.0.1", "127.0.0.1"], total_s=15
    )
    assert (said.status, len(receiver.got)) == (204, 1)


def test_an_answer_that_never_ends_is_cut_off() -> None:
    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                while True:
                    self.wfile.write(b"X")
                    time.sleep(0.05)
            except OSError:
                pass

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.handle_request).start()
        began_at = time.monotonic()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        said = post(url, {}, b"{}", allow_private=True, total_s=0.5)
    assert said.status is None
    assert time.monotonic() - began_at < 5


def test_a_failure_of_days_pauses_the_webhook(
    program: Program, receiver: Receiver, postman: Postman, app: Flask, make_user: Callable[..., User]
) -> None:
    hook = make_hook(program, receiver, "new_image")
    receiver.statuses = [500, 500]
    program.upload(drawn_jpeg())
    postman.send_due()
    with app.app_context():
        begin_write()
        db.session.scalars(sa.select(Delivery)).one().webhook.failing_since -= timedelta(days=4)
        db.session.commit()
    be_due(app)
    postman.send_due()
    assert not program.call("GET", f"{PATH}/{hook['id']}").json["is_active"]
