"""Pictures by signed URL, by permanent link, and under a readable name."""

import json
import re
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Pillow

from gallery import create_app
from gallery.config import Settings, load_settings
from gallery.db import db
from gallery.errors import SettingInvalid
from gallery.media.signature import sign
from gallery.models.image import Image
from gallery.present.links import FULL, THUMBNAIL_TYPES, Links
from tests.conftest import close
from tests.drawing import drawn_jpeg, drawn_pdf
from tests.records import stored_documents

FOR_EVER = "public, max-age=31536000, immutable"
CONTENT = drawn_jpeg(size=(800, 400))
Make = Callable[..., Image]


def path_of(link: str) -> str:
    """What of a link is asked of this server."""
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def delivery_path(image: Image, chain: str, settings: Settings, **changed: str) -> str:
    """A delivery URL's path with a good signature of whatever it says."""
    name = changed.get("name", f"{image.delivery_name}.{image.delivery_extension}")
    signature = sign(f"{chain}/{name}" if chain else name, settings.delivery_secret)
    parts = (f"s--{signature}--", chain, changed.get("version", f"v{image.delivery_version}"), name)
    return "/image/authenticated/" + "/".join(part for part in parts if part)


def record_of(app: Flask, image: Image) -> dict[str, Any]:
    with app.app_context():
        record: dict[str, Any] = json.loads(stored_documents()[image.id])
        return record


@pytest.fixture
def image(make_image: Make) -> Image:
    return make_image(CONTENT, process=True)


def test_every_link_of_a_processed_image_answers_with_a_picture(
    client: FlaskClient, app: Flask, image: Image
) -> None:
    record = record_of(app, image)
    links = [record["original_url"], *record["thumbnails"].values(), *record["external_urls"].values()]
    assert len(links) == 11
    for link in links:
        answer = client.get(path_of(link))
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg"), link
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        is_proxied = "/proxy/" in link
        assert answer.headers["Cache-Control"] == ("public, max-age=300" if is_proxied else FOR_EVER)
        assert ("Content-Disposition" in answer.headers) == ("fl_attachment" in link)


@pytest.mark.slow
def test_each_link_has_its_size(client: FlaskClient, app: Flask, image: Image) -> None:
    record = record_of(app, image)
    links = record["thumbnails"] | {f"external {key}": link for key, link in record["external_urls"].items()}
    sizes = {key: Pillow.open(BytesIO(client.get(path_of(link)).data)).size for key, link in links.items()}
    assert sizes == {
        "original": (800, 400),
        "full_no_sharinpix": (1920, 960),
        "full": (1920, 960),
        "large": (200, 200),
        "mini": (100, 100),
        "external fill100": (300, 150),
        "external fit2000": (2000, 1000),
        "external mini": (100, 100),
        "external large": (200, 200),
        "external full": (1920, 960),
    }


def test_the_original_is_the_upload_untouched(client: FlaskClient, app: Flask, image: Image) -> None:
    answer = client.get(path_of(record_of(app, image)["original_url"]))
    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="photo.jpg"')


def test_while_unprocessed_every_link_but_the_original_is_blank(
    client: FlaskClient, app: Flask, make_image: Make
) -> None:
    record = record_of(app, make_image())
    links = [
        *record["thumbnails"].values(),
        record["external_urls"]["fill100"],
        record["external_urls"]["fit2000"],
    ]
    assert all(link.startswith("/assets/blank.jpg#http") for link in links)
    assert "blank" not in record["original_url"]
    answer = client.get("/assets/blank.jpg")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert Pillow.open(BytesIO(answer.data)).format == "JPEG"


def test_only_the_current_version_is_kept_for_ever(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    for version in ("v1", "v999999999", ""):
        answer = client.get(delivery_path(image, "c_fit,w_300", settings, version=version))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=300")
    assert client.get(delivery_path(image, "c_fit,w_300", settings)).headers["Cache-Control"] == FOR_EVER


def test_a_head_says_what_a_get_would(client: FlaskClient, image: Image, settings: Settings) -> None:
    path = delivery_path(image, "c_fit,w_300", settings)
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head.headers[name] == get.headers[name]


def test_a_picture_that_the_caller_has_is_not_sent_again(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    path = delivery_path(image, "c_fit,w_300/f_auto", settings)
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == FOR_EVER
    assert again.headers["Vary"] == "Accept"
    assert client.get(path, headers={"If-None-Match": etag, "Accept": "image/webp"}).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=0-9", 206, CONTENT[:10]),
        ("bytes=10-", 206, CONTENT[10:]),
        ("bytes=-10", 206, CONTENT[-10:]),
        ("bytes=0-99999999", 206, CONTENT),
        ("bytes=99999999-", 416, None),
    ],
)
def test_a_range_of_the_original_is_sent(
    client: FlaskClient, image: Image, settings: Settings, wanted: str, status: int, part: bytes | None
) -> None:
    answer = client.get(delivery_path(image, "fl_attachment", settings), headers={"Range": wanted})
    assert answer.status_code == status
    assert answer.headers["Content-Range"].endswith(f"/{len(CONTENT)}")
    assert answer.data == (part or b"")


@pytest.mark.parametrize(
    "name",
    [
        'a";filename="evil.exe.jpg',
        "a\r\nSet-Cookie: x=1.jpg",
        "é漢🏗.jpg",
        "a\\b%41.jpg",
        "a;b,c d.jpg",
        "..jpg",
        "x" * 300 + ".jpg",
        "\u202egpj.exe.jpg",
        "a\0b.jpg",
        "\ud800.jpg",
    ],
)
def test_no_file_name_breaks_out_of_the_header(
    client: FlaskClient, make_image: Make, settings: Settings, name: str
) -> None:
    image = make_image(filename=name)
    answer = client.get(delivery_path(image, "fl_attachment", settings))
    value = answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert value.isascii()
    assert value.isprintable()
    found = re.fullmatch(r'attachment; filename="([^"\\]*)"; filename\*=UTF-8\'\'([\w.~%-]+)', value)
    assert found, value
    assert found[1].endswith(".jpg")
    assert unquote(found[2]) == f"{image.filename}.jpg"[-150:]
    message = EmailMessage()
    message["Content-Disposition"] = value
    assert message.get_content_disposition() == "attachment"


def test_a_name_in_the_chain_names_the_download(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    answer = client.get(delivery_path(image, "fl_attachment:site plan", settings))
    assert 'filename="site plan.jpg"' in answer.headers["Content-Disposition"]


ACCEPTS = {
    "": "image/jpeg",
    "*/*": "image/jpeg",
    "image/*": "image/jpeg",
    "image/avif,image/webp,image/apng,*/*;q=0.8": "image/avif",
    "image/webp;q=0.1,image/avif;q=0.001": "image/avif",
    "IMAGE/AVIF": "image/avif",
    "image/webp,*/*;q=0.8": "image/webp",
    "image/avif;q=0,image/webp,*/*": "image/webp",
    "image/avif;q=0.0, image/webp;q=0.000": "image/jpeg",
    "image/avif;q=nonsense": "image/jpeg",
    "image/avifs,text/image/webp": "image/jpeg",
    "image/jpeg;q=0": "image/jpeg",
    ",;,=": "image/jpeg",
}


def test_an_automatic_format_follows_accept_and_says_so(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    path = delivery_path(image, "c_fit,w_60/f_auto", settings)
    answers = {accept: client.get(path, headers={"Accept": accept} if accept else {}) for accept in ACCEPTS}
    assert {accept: answer.mimetype for accept, answer in answers.items()} == ACCEPTS
    assert all(answer.headers["Vary"] == "Accept" for answer in answers.values())
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    for answer in answers.values():
        with Pillow.open(BytesIO(answer.data)) as picture:
            assert (picture.get_format_mimetype(), picture.size) == (answer.mimetype, (60, 30))
    assert "Vary" not in client.get(delivery_path(image, "c_fit,w_60", settings)).headers


def assert_refused(answer: Any, status: int) -> None:
    assert (answer.status_code, answer.data) == (status, b"")
    assert answer.headers["X-Cld-Error"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_signature_with_any_character_changed_is_refused(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    path = delivery_path(image, "c_fit,w_300", settings)
    start = path.index("s--") + 3
    for at in range(start, start + 8):
        assert_refused(client.get(path[:at] + ("A" if path[at] != "A" else "B") + path[at + 1 :]), 401)


def test_a_signature_is_good_for_its_chain_and_name_alone(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    path = delivery_path(image, "c_fit,w_300", settings)
    for changed in (
        path.replace("w_300", "w_301"),
        path.replace("c_fit,w_300", "w_300,c_fit"),
        path.replace("c_fit,w_300/", ""),
        path.replace(".jpg", ".png"),
        path.replace(image.delivery_name, "0" * 12),
        path.replace("c_fit,w_300/", "c_fit,w_300/a_90/"),
    ):
        assert changed != path
        assert_refused(client.get(changed), 401)


def test_the_long_form_is_accepted(client: FlaskClient, image: Image, settings: Settings) -> None:
    name = f"{image.delivery_name}.jpg"
    signature = sign(f"c_fit,w_60/{name}", settings.delivery_secret, 32)
    assert client.get(f"/image/authenticated/s--{signature}--/c_fit,w_60/v1/{name}").status_code == 200


@pytest.mark.parametrize(
    "chain",
    ["c_thumb,w_10", "w_0", "c_crop,h_1,w_1,x_800", "a_45", "w_9000,h_9000", "x", "f_svg", "e_blur:300"],
)
def test_a_bad_chain_is_refused_though_it_is_signed(
    client: FlaskClient, image: Image, settings: Settings, chain: str
) -> None:
    assert_refused(client.get(delivery_path(image, chain, settings)), 400)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "/",
        "%0A",
        "s--short--/a.jpg",
        "s--12345678--/noextension",
        "s--12345678--/",
        "a" * 5000 + ".jpg",
    ],
)
def test_what_is_no_delivery_address_is_refused(client: FlaskClient, address: str) -> None:
    assert_refused(client.get(f"/image/authenticated/{address}"), 400)


def test_whatever_goes_wrong_the_place_of_a_picture_stays_empty(
    client: FlaskClient, image: Image, settings: Settings, app: Flask
) -> None:
    path = delivery_path(image, "c_fit,w_30", settings)
    answers = [client.open(path, method=method) for method in ("POST", "DELETE", "PROPFIND")]
    assert all("GET" in answer.headers["Allow"] for answer in answers)
    assert [answer.status_code for answer in answers] == [405] * 3
    answers += [client.get(unknown) for unknown in ("/image/upload/sample.jpg", "/image/", "/proxy/")]
    with app.app_context():
        db.session.execute(sa.text("DROP TABLE image"))
        db.session.commit()
    answers.append(client.get(path))
    assert answers[-1].status_code == 500
    for answer in answers:
        assert answer.data == b""
        assert answer.headers["X-Cld-Error"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_picture_is_not_found(client: FlaskClient, image: Image, settings: Settings) -> None:
    assert_refused(client.get(delivery_path(image, "c_fit,w_300", settings, name="0123456789ab.jpg")), 404)


def test_a_picture_whose_file_is_gone_is_not_found(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    for path in settings.originals.rglob(image.sha256 or ""):
        path.unlink()
    assert_refused(client.get(delivery_path(image, "fl_attachment", settings)), 404)


def test_guessing_signatures_is_limited(client: FlaskClient, image: Image, settings: Settings) -> None:
    path = delivery_path(image, "c_fit,w_300", settings)
    statuses = [client.get(path.replace("s--", "s--x", 1)).status_code for _ in range(125)]
    assert statuses[0] == 400
    assert statuses[-1] == 429
    refused = client.get(path)
    assert_refused(refused, 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_guessing_thumbnails_is_limited(client: FlaskClient, image: Image) -> None:
    path = f"/images/{image.id}/thumbnails/mini-{'0' * 11}.jpg"
    assert [client.get(path).status_code for _ in range(121)] == [400] * 120 + [429]


def test_an_extension_that_is_not_the_originals_asks_for_another_format(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    for chain in ("", "fl_attachment"):
        answer = client.get(delivery_path(image, chain, settings, name=f"{image.delivery_name}.webp"))
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    for extension in ("pdf", "exe", "heic"):
        assert_refused(
            client.get(delivery_path(image, "", settings, name=f"{image.delivery_name}.{extension}")), 400
        )


def test_links_signed_with_a_retired_secret_stay_good(
    image: Image, settings: Settings, environ: dict[str, str]
) -> None:
    given = {f"GALLERY_{name}": value for name, value in environ.items()}
    rotated = load_settings(given | {"GALLERY_DELIVERY_SECRET": f" new , {settings.delivery_secret},older"})
    app = create_app(rotated)
    client = app.test_client()
    for secret, status in (("new", 200), (settings.delivery_secret, 200), ("older", 200), ("oldest", 401)):
        path = delivery_path(image, "c_fit,w_60", replace(settings, delivery_secret=secret))
        with client.get(path) as answer:
            assert answer.status_code == status, secret
    made = Links(rotated).delivery(image, "c_fit,w_60")
    assert path_of(made) == delivery_path(image, "c_fit,w_60", replace(settings, delivery_secret="new"))
    close(app)


@pytest.mark.parametrize("value", ["a,", ",a", "a,,b", ",", "a, ,b"])
def test_an_empty_secret_among_several_stops_the_start(environ: dict[str, str], value: str) -> None:
    given = {f"GALLERY_{name}": value for name, value in environ.items()}
    with pytest.raises(SettingInvalid, match="GALLERY_DELIVERY_SECRET"):
        load_settings(given | {"GALLERY_DELIVERY_SECRET": value})


@pytest.mark.slow
def test_deleting_all_renditions_while_they_are_served_costs_no_answer(
    app: Flask, image: Image, settings: Settings
) -> None:
    paths = [delivery_path(image, chain, settings) for chain in ("c_fit,w_300", "c_fit,w_60", FULL)]
    expected = {path: app.test_client().get(path).data for path in paths}
    over, wrong = threading.Event(), []

    def ask() -> None:
        client = app.test_client()
        while not over.is_set():
            for path in paths:
                answer = client.get(path)
                if (answer.status_code, answer.data) != (200, expected[path]):
                    wrong.append(answer.status)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for _ in range(10):
        time.sleep(0.15)
        shutil.rmtree(settings.renditions, ignore_errors=True)
    over.set()
    for asker in askers:
        asker.join()
    assert not wrong


def test_a_page_of_a_pdf_is_delivered_as_a_picture(client: FlaskClient, app: Flask, make_image: Make) -> None:
    content = drawn_pdf(2)
    record = record_of(app, make_image(content, filename="plan.pdf", process=True))
    assert client.get(path_of(record["thumbnails"]["large"])).mimetype == "image/jpeg"
    answer = client.get(path_of(record["original_url"]))
    assert (answer.mimetype, answer.data) == ("application/pdf", content)
    assert 'filename="plan.pdf"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("kind", THUMBNAIL_TYPES)
def test_a_permanent_link_leads_to_the_present_address(
    client: FlaskClient, image: Image, settings: Settings, kind: str
) -> None:
    link = Links(settings).thumbnail_path(image.id, kind)
    answer = client.get(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, Links(settings).of_type(image, kind))
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_permanent_link_stays_good_when_the_image_is_turned(
    client: FlaskClient, app: Flask, image: Image, settings: Settings
) -> None:
    link = Links(settings).thumbnail_path(image.id, "full")
    with app.app_context():
        db.session.merge(image).rotation = 90
        db.session.commit()
    location = client.get(link).headers["Location"]
    assert "/a_90/" in location
    followed = client.get(path_of(location))
    assert Pillow.open(BytesIO(followed.data)).size == (960, 1920)


def test_a_permanent_link_that_is_not_ours_is_invalid(
    client: FlaskClient, image: Image, settings: Settings
) -> None:
    good = Links(settings).thumbnail_path(image.id, "mini")
    other = "14364f29-c30d-4bbb-992c-19e6031244f7"
    for bad in (
        good[:-5] + ("0" if good[-5] != "0" else "1") + ".jpg",
        good.replace("mini", "full"),
        good.replace("mini", "tiny"),
        good.replace(image.id, other),
        good.replace(image.id, image.id.upper()),
        good[:-6] + ".jpg",
        good.replace(".jpg", ".png"),
    ):
        answer = client.get(bad)
        assert (answer.status_code, answer.data) == (400, b"Invalid url"), bad
    missing = client.get(Links(settings).thumbnail_path(other, "mini"))
    assert (missing.status_code, missing.data) == (404, b"")


def test_the_proxy_serves_no_other_address(client: FlaskClient, image: Image, settings: Settings) -> None:
    good = path_of(Links(settings).proxy(image, "mini"))
    assert client.get(good).status_code == 200
    bad = [
        "/proxy/a.jpg?s=0000000&url=http://169.254.169.254/latest/meta-data",
        "/proxy/a.jpg?s=0000000&url=file:///etc/passwd",
        "/proxy/a.jpg",
        good.replace("url=", "url=evil.example"),
        good.replace("?s=", "?s=0"),
        good.replace("mini", "full"),
        good + "#x".replace("#", "%23"),
    ]
    for path in bad:
        answer = client.get(path)
        assert (answer.status_code, answer.data) == (400, b"Invalid url"), path


def test_the_proxys_name_is_for_people_only(client: FlaskClient, image: Image, settings: Settings) -> None:
    good = path_of(Links(settings).proxy(image, "mini"))
    assert client.get(good.replace("photo.jpg", "any/other name.png")).status_code == 200
