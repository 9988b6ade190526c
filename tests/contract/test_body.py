"""What a record says, to the byte, for records stranger than the document's."""

import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gallery.config import Settings
from gallery.db import begin_write, db
from gallery.models.user import Role, User
from gallery.payload import load_payload
from gallery.present.sync_document import refresh_documents, write_documents
from tests.contract.conftest import ROUTE
from tests.engines import both_engines
from tests.records import album_of, bare_image, stored_documents

pytestmark = both_engines

Record = dict[str, Any]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OBJECT = st.dictionaries(TEXT, JSON, max_size=4)
FLOATS = [
    48.861934399999996,
    2.348967,
    0.1,
    1e-9,
    -179.99999999999997,
    5e-324,
    1.7976931348623157e308,
    1e22,
    -0.0,
    100.0,
]


@pytest.fixture
def record(payload: list[Record]) -> Record:
    """The document's first record, to be changed."""
    return copy.deepcopy(payload[0])


@pytest.fixture
def answered(
    client: FlaskClient, make_user: Callable[..., User], token_of: Callable[[User], str], settings: Settings
) -> Callable[[Record], bytes]:
    """Load a record, and the one object that the API then answers with."""
    user = make_user(role=Role.ADMIN)
    header = {"Authorization": f"Token token={token_of(user)}"}

    def ask(record: Record) -> bytes:
        with client.application.app_context():
            begin_write()
            load_payload([record], settings)
            db.session.commit()
        return client.get(f"{ROUTE}?ids={record['id']}", headers=header).data[1:-1]

    return ask


def encoded(value: object) -> bytes:
    """Compact JSON with the five escapes, made without the gallery's encoder."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[&<>\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", text).encode()


def member(body: bytes, key: str) -> Any:
    """One value of the record, floats as they are written."""
    return json.loads(body, parse_float=str)[key]


def test_what_a_page_could_read_as_markup_is_escaped(
    record: Record, answered: Callable[[Record], bytes]
) -> None:
    record["title"] = "</script> & \u2028 \u2029 ' \" \\ / é 漢 🏗 \x7f \t"
    body = answered(record)
    assert b"\\u003c/script\\u003e \\u0026 \\u2028 \\u2029 ' \\\" \\\\ / \xc3\xa9" in body
    assert not re.search("[<>&\u2028\u2029]", body.decode())
    assert json.loads(body)["title"] == record["title"]


def test_keys_keep_the_order_in_which_they_came(record: Record, answered: Callable[[Record], bytes]) -> None:
    for key in ("infos", "exifs", "metadatas"):
        record[key] = {"z": 1, "a": {"y": 2, "b": 3, "": 4}, "Z": 5, "10": 6, "9": 7, "bb": 8, "aaa": 9}
    body = answered(record)
    for key in ("infos", "exifs", "metadatas"):
        assert b'"%s":%s' % (key.encode(), encoded(record[key])) in body


def test_floats_survive_bit_for_bit(record: Record, answered: Callable[[Record], bytes]) -> None:
    record["infos"] = {"numbers": FLOATS}
    record["gps"] = record["gps_html"] = [48.861934399999996, -179.99999999999997]
    record["crop_x"], record["crop_y"], record["crop_w"], record["crop_h"] = 0.1, 1 / 3, 10.7, 5e-324
    body = answered(record)
    assert member(body, "infos") == {"numbers": [repr(number) for number in FLOATS]}
    assert member(body, "gps") == ["48.861934399999996", "-179.99999999999997"]
    assert [member(body, f"crop_{side}") for side in "xywh"] == ["0.1", repr(1 / 3), "10.7", "5e-324"]


def test_crops_are_floats_and_a_rotation_is_whole_however_they_came(
    record: Record, answered: Callable[[Record], bytes]
) -> None:
    record |= {
        "crop_x": 3,
        "crop_y": 0,
        "crop_w": 10,
        "crop_h": 11,
        "rotation": 90,
        "gps": [48, 2],
        "gps_html": [48, 2],
    }
    body = answered(record)
    assert b'"rotation":90,"crop_x":3.0,"crop_y":0.0,"crop_w":10.0,"crop_h":11.0,' in body
    assert b'"gps":[48.0,2.0]' in body
    assert b'"width":11,"height":10,' in body


def test_a_cropped_and_turned_image_has_the_contracts_chains(
    record: Record, answered: Callable[[Record], bytes]
) -> None:
    record |= {
        "crop_x": 3.0,
        "crop_y": 2.0,
        "crop_w": 10.0,
        "crop_h": 11.0,
        "rotation": 90,
        "processed": True,
    }
    links = json.loads(answered(record))

    def chain(link: str) -> str:
        found = re.fullmatch(
            r"https?://[^/]+/image/authenticated/s--[\w-]{8}--/(.*)/v123123/0b7e148bbd7c\.jpg", link
        )
        assert found, link
        return found[1]

    auto, full, crop = (
        "fl_attachment/dpr_auto,q_auto,f_auto",
        "c_fit,h_1920,w_1920",
        "c_crop,h_11,w_10,x_3,y_2",
    )
    assert chain(links["original_url"]) == "fl_attachment"
    assert {key: chain(link) for key, link in links["thumbnails"].items()} == {
        "original": auto,
        "full_no_sharinpix": f"{full}/{auto}",
        "full": f"{crop}/{full}/a_90/{auto}",
        "large": f"{crop}/{full}/a_90/c_fill,h_200,w_200/{auto}",
        "mini": f"{crop}/{full}/a_90/c_fill,h_100,w_100/{auto}",
    }
    assert chain(links["external_urls"]["fill100"]) == f"{crop}/a_90/c_fit,w_300"
    assert chain(links["external_urls"]["fit2000"]) == f"{crop}/a_90/c_fit,h_2000,w_2000"


@pytest.mark.parametrize(
    ("zone", "created", "taken"),
    [
        ("UTC", "2019-04-08T17:38:56.021Z", "2018-01-01T08:00:00.000+05:30"),
        ("Europe/Paris", "2019-04-08T19:38:56.021+02:00", "2018-01-01T08:00:00.000+05:30"),
        ("Europe/London", "2019-04-08T18:38:56.021+01:00", "2018-01-01T08:00:00.000+05:30"),
        ("America/St_Johns", "2019-04-08T15:08:56.021-02:30", "2018-01-01T08:00:00.000+05:30"),
    ],
)
def test_times_stand_in_the_configured_zone(
    record: Record,
    answered: Callable[[Record], bytes],
    settings: Settings,
    client: FlaskClient,
    zone: str,
    created: str,
    taken: str,
) -> None:
    record["taken_at"] = "2018-01-01T08:00:00+05:30"
    answered(record)
    with client.application.app_context():
        refresh_documents(replace(settings, time_zone=ZoneInfo(zone)))
        body = json.loads(stored_documents()[record["id"]])
    assert (body["created_at"], body["updated_at"], body["taken_at"]) == (created, created, taken)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("2018-01-01T08:00:00.000+00:00", "2018-01-01T08:00:00.000+00:00"),
        ("2018-01-01T08:00:00.5-03:00", "2018-01-01T08:00:00.500-03:00"),
        ("0999-12-31T23:59:59+14:00", "0999-12-31T23:59:59.000+14:00"),
        (None, None),
    ],
)
def test_the_time_of_taking_keeps_its_wall_clock(
    record: Record, answered: Callable[[Record], bytes], given_text: str | None, shown: str | None
) -> None:
    record["taken_at"] = given_text
    assert json.loads(answered(record))["taken_at"] == shown


@given(infos=OBJECT, exifs=OBJECT, metadatas=OBJECT, title=st.none() | TEXT)
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_object_comes_back_as_it_went_in(
    record: Record,
    answered: Callable[[Record], bytes],
    infos: Record,
    exifs: Record,
    metadatas: Record,
    title: str | None,
) -> None:
    record |= {"infos": infos, "exifs": exifs, "metadatas": metadatas, "title": title}
    body = answered(record)
    for key in ("infos", "exifs", "metadatas", "title"):
        assert b'"%s":%s,' % (key.encode(), encoded(record[key])) in body


def test_a_list_that_is_streamed_is_the_list_that_is_joined(
    client: FlaskClient, make_user: Callable[..., User], token_of: Callable[[User], str], settings: Settings
) -> None:
    with client.application.app_context():
        begin_write()
        images = [bare_image(album_of(), title=f"& {n}") for n in range(123)]
        write_documents(images, settings)
        ids = [image.id for image in images]
        db.session.commit()
    header = {"Authorization": f"Token token={token_of(make_user(role=Role.ADMIN))}"}
    streamed = client.get(ROUTE, headers=header)
    joined = client.post(ROUTE, headers=header, json={"ids": ids[::-1]})
    assert streamed.headers.get("Content-Length") is None
    assert [record["id"] for record in streamed.get_json()] == ids
    assert streamed.data == joined.data


def test_a_gallery_without_images_answers_an_empty_list(
    client: FlaskClient, make_user: Callable[..., User], token_of: Callable[[User], str]
) -> None:
    answer = client.get(ROUTE, headers={"Authorization": f"Token token={token_of(make_user())}"})
    assert answer.data == b"[]"
