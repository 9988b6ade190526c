"""`flask pull --file`: payloads from strangers."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from gallery.db import db
from gallery.models.album import Album
from gallery.models.document import SyncDocument
from gallery.models.image import Image
from gallery.models.tag import Tag
from tests.engines import both_engines

Record = dict[str, Any]
DOCUMENT = Path(__file__).parents[1] / "contract" / "payload.json"


@pytest.fixture
def records() -> list[Record]:
    loaded: list[Record] = json.loads(DOCUMENT.read_bytes())
    return loaded


@pytest.fixture
def pull(app: Flask, tmp_path: Path) -> Callable[..., Result]:
    """Run the command on a payload, given as an object or as bytes."""

    def run(payload: object, *options: str) -> Result:
        path = tmp_path / "payload.json"
        path.write_bytes(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
        return app.test_cli_runner().invoke(args=["pull", "--file", str(path), *options])

    return run


def counts(app: Flask) -> list[int]:
    with app.app_context():
        return [
            db.session.scalar(sa.select(sa.func.count()).select_from(m)) or 0
            for m in (Image, Album, Tag, SyncDocument)
        ]


def assert_refused(app: Flask, result: Result, *words: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
    for word in words:
        assert word in result.output
    assert counts(app) == [0, 0, 0, 0]


@both_engines
def test_the_documents_records_are_created_and_then_replaced(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    first, second = pull(records, "--json"), pull(records, "--json")
    counted = {"created": 0, "replaced": 0, "unchanged": 0, "differing": []}
    assert (first.exit_code, json.loads(first.output)) == (0, counted | {"created": 4})
    assert (second.exit_code, json.loads(second.output)) == (0, counted | {"unchanged": 4})
    assert counts(app) == [4, 1, 3, 4]


def test_a_record_that_will_be_served_otherwise_is_named(
    pull: Callable[..., Result], records: list[Record]
) -> None:
    records[1]["width"] = 49
    result = pull(records, "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["differing"] == [{"id": records[1]["id"], "keys": ["width"]}]


@both_engines
def test_the_arrays_order_is_kept(app: Flask, pull: Callable[..., Result], records: list[Record]) -> None:
    mixed = [records[2], records[0], records[3], records[1]]
    pull(mixed)
    with app.app_context():
        query = sa.select(SyncDocument.image_id).order_by(SyncDocument.position, SyncDocument.created_at)
        assert list(db.session.scalars(query)) == [record["id"] for record in mixed]


BAD_VALUES: list[tuple[str, Any]] = [
    ("id", "14364F29-C30D-4BBB-992C-19E6031244F7"),
    ("id", 5),
    ("infos", []),
    ("exifs", None),
    ("gps", [91, 0]),
    ("gps", [1, 2, 3]),
    ("gps", [True, 0]),
    ("gps", [10**400, 0]),
    ("gps_html", "48,2"),
    ("created_at", "2019-04-08T19:38:56"),
    ("created_at", "yesterday"),
    ("created_at", "0001-01-01T00:00:00+14:00"),
    ("updated_at", None),
    ("taken_at", 5),
    ("rotation", 45),
    ("rotation", False),
    ("rotation", 90.0),
    ("crop_w", -1),
    ("crop_w", "10"),
    ("crop_w", 10**400),
    ("original_width", 2**31),
    ("original_width", True),
    ("original_url", None),
    ("external_urls", {}),
    ("filename", None),
    ("format", ""),
    ("format", "p\0"),
    ("format", "\ud800"),
    ("format", "x" * 21),
    ("page", "1"),
    ("color", "red"),
    ("size", 2**53),
    ("size", -1),
    ("processed", 1),
    ("album_id", ""),
    ("tag_names", ["a", "a"]),
    ("tag_names", [" "]),
    ("tag_names", "a"),
    ("tag_names", [["a"]]),
    ("thumbnails", []),
]


def test_every_wrong_value_is_named_and_nothing_is_written(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    for key, value in BAD_VALUES:
        broken = [*records[:2], records[2] | {key: value}]
        assert_refused(app, pull(broken), "Record 3 of 3", f"`{key}`")


def test_a_number_too_large_for_a_double_is_named(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    records[1]["exifs"] = {"a": "HUGE"}
    assert_refused(app, pull(json.dumps(records).replace('"HUGE"', "1e999").encode()), "`exifs`")


@pytest.mark.slow
def test_every_missing_key_is_named(app: Flask, pull: Callable[..., Result], records: list[Record]) -> None:
    for key in records[0].keys() - {"public_id"}:
        broken = copy.deepcopy(records)
        del broken[3][key]
        assert_refused(app, pull(broken), "Record 4 of 4", f"`{key}` is missing")


NO_PAYLOADS = [
    b"",
    b"{}",
    b"null",
    b"[1]",
    b"[null]",
    b"[[]]",
    b"\xff\xfe\xfd",
    b"[" * 100_000,
    b'[{"a":' * 50_000,
    b"[NaN]",
    b"[Infinity]",
    b"[" + b"9" * 5_000 + b"]",
    b"[{]",
]


@pytest.mark.slow
def test_what_is_no_payload_is_refused_in_words(app: Flask, pull: Callable[..., Result]) -> None:
    for content in NO_PAYLOADS:
        assert_refused(app, pull(content))


@both_engines
def test_two_records_with_one_id_or_one_delivery_name_are_refused(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    twice = [records[0], records[1] | {"id": records[0]["id"]}]
    assert_refused(app, pull(twice), "same id")
    one_name = [records[0], records[1] | {"original_url": records[0]["original_url"]}]
    assert_refused(app, pull(one_name), records[1]["id"], "`original_url`")


@both_engines
def test_a_late_refusal_takes_back_what_was_loaded_before(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    many = [
        records[0] | {"id": f"00000000-0000-4000-8000-{n:012}", "original_url": f"x/v1/name{min(n, 4)}.jpg"}
        for n in range(6)
    ]
    assert_refused(app, pull(many), many[5]["id"])


def test_deep_nesting_is_refused_in_words(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    nested: Any = 1
    for _ in range(30):
        nested = {"a": [nested]}
    records[0]["metadatas"] = nested
    assert_refused(app, pull(records), "`metadatas`")


@both_engines
def test_text_that_no_database_holds_is_made_storable(
    app: Flask, pull: Callable[..., Result], records: list[Record]
) -> None:
    bad = "a\0b\ud800c"
    record = records[0] | {
        "title": bad,
        "filename": bad,
        "description": bad,
        "user_sfid": bad,
        "group_id": bad,
        "processing_error": bad,
        "album_id": bad,
        "tag_names": [bad, "a\udfffb\0c"],
        "infos": {bad: [bad], "location": {"accuracy": 10**400}},
        "exifs": {bad: bad},
        "metadatas": {bad: {bad: bad}},
        "original_url": f"x/v1/{bad}.jpg",
    }
    result = pull([record], "--json")
    assert json.loads(result.output)["created"] == 1
    with app.app_context():
        image = db.session.scalars(sa.select(Image)).one()
        assert image.title == image.album.id == "a\ufffdb\ufffdc"
        assert image.metadatas == {"a\ufffdb\ufffdc": {"a\ufffdb\ufffdc": "a\ufffdb\ufffdc"}}
        body = db.session.scalars(sa.select(SyncDocument.body)).one()
        assert body is not None
        assert json.loads(body)["tag_names"] == ["a\ufffdb\ufffdc"]


def test_a_missing_file_is_named(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["pull", "--file", str(tmp_path / "none.json")])
    assert_refused(app, result, "none.json", "No such file")


def test_no_file_named_is_a_usage_error(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["pull"]).exit_code == 2
