"""Exports of what is on the screen, opened by programs that their makers never saw."""

import csv
import gzip
import json
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import brotli
import pyogrio
import pytest
import sqlalchemy as sa
from fastkml.validator import validate
from flask import Flask
from flask.testing import FlaskClient

from gallery.db import db
from gallery.models.claim import Claim, Source
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.models.user import User
from gallery.models.verdict import Decision, Verdict
from gallery.present.exports.columns import COLUMNS
from gallery.present.exports.csv_table import guarded
from gallery.present.exports.formats import KINDS, ExportFormat
from gallery.present.exports.gpx import NAMESPACE
from tests.browser.hostile import STRINGS
from tests.engines import both_engines

FORMATS = tuple(ExportFormat)
PLACES = ((48.861934399999996, 2.3376), (-17.000000000000004, 180.0), (1e-7, -179.99999999999997))
"""Doubles of many digits, one with an exponent, and both sides of 180°."""
TITLES = (
    *STRINGS[:-2],
    *("]]> & co", "=cmd|' /C calc'!A0", "-1.5", "two\r\nlines", "\x01\x1f\ufffe", "😀 naïve"),
)
Add = Callable[..., list[str]]


def claims(place: tuple[float, float]) -> tuple[Claim, ...]:
    latitude, longitude = place
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    return (
        Claim(source=Source.HTML, latitude=latitude, longitude=longitude, accuracy_m=20.0, made_at=at),
        Claim(source=Source.EXIF, latitude=latitude + 0.001, longitude=longitude, accuracy_m=10.0),
        Claim(source=Source.IP, latitude=0.0, longitude=0.0, accuracy_m=None),
    )


@pytest.fixture
def three(add_images: Add) -> list[str]:
    """Three placed images and one without a position."""
    taken = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    ids = [
        add_images("one", at=place, claims=claims(place), taken_at=taken, taken_offset_s=7200)[0]
        for place in PLACES
    ]
    return ids + add_images("one", tags=("a,b", "plain"))


def opened(content: bytes, format: ExportFormat, folder: Path) -> tuple[dict[str, Any], list[Any]]:
    """(columns, points) as GDAL reads them."""
    path = folder / f"export.{format}"
    path.write_bytes(content)
    layer = "waypoints" if format is ExportFormat.GPX else None
    names = {"X_POSSIBLE_NAMES": "longitude", "Y_POSSIBLE_NAMES": "latitude"}
    options = names if format is ExportFormat.CSV else {}
    meta, _, geometries, columns = pyogrio.raw.read(path, layer=layer, **options)
    return dict(zip(meta["fields"], columns, strict=True)), list(geometries)


def points(geometries: list[Any]) -> list[tuple[float, ...]]:
    """Of well-known binary: the coordinates."""
    return [struct.unpack("<dd", wkb[5:21]) for wkb in geometries if wkb is not None]


@both_engines
@pytest.mark.parametrize("format", FORMATS)
def test_gdal_reads_every_image_at_its_very_place(
    format: ExportFormat, visitor: FlaskClient, three: list[str], tmp_path: Path
) -> None:
    answer = visitor.get(f"/albums/one/export.{format}")
    assert answer.content_type == KINDS[format].media_type
    columns, geometries = opened(answer.data, format, tmp_path)
    expected = [(longitude, latitude) for latitude, longitude in PLACES]
    if format is ExportFormat.GPX:  # which has no 180° east, and no waypoint without a place
        expected[1] = (-180.0, expected[1][1])
    assert points(geometries) == expected
    ids = columns["e_id" if format is ExportFormat.GPX else "id"]
    assert list(ids) == three[: len(geometries)]
    assert len(geometries) == (3 if format is ExportFormat.GPX else 4)


@both_engines
def test_claims_distances_and_tags_are_told(visitor: FlaskClient, three: list[str]) -> None:
    features = json.loads(visitor.get("/albums/one/export.geojson").data)["features"]
    told = features[0]["properties"]
    assert [claim["source"] for claim in told["claims"]] == ["exif", "html", "ip"]
    assert [claim["radius_95_m"] for claim in told["claims"]] == [16.200000000000003, 20.0, None]
    assert told["claims"][1]["at"] == "2026-01-02T03:04:05.000Z"
    assert told["position_source"] == "html"
    assert told["distances"][0] == {"between": ["exif", "html"], "distance_m": 111.207}
    assert told["taken_at"] == "2026-01-02T05:04:05.678+02:00"
    assert told["page_url"].endswith(f"/images/{three[0]}")
    assert features[3]["geometry"] is None
    assert features[3]["properties"]["tags"] == ["a,b", "plain"]


@both_engines
def test_doubts_and_the_last_verdict_that_stands_are_told(
    app: Flask, visitor: FlaskClient, add_images: Add
) -> None:
    far = (Claim(source=Source.EXIF, latitude=48.0, longitude=2.0, accuracy_m=5.0),)
    near = (Claim(source=Source.HTML, latitude=49.0, longitude=2.0, accuracy_m=0.0),)
    add_images("one", at=(49.0, 2.0), claims=far + near, review=ReviewState.APPROVED, trusted=Source.HTML)
    with app.app_context():
        number = db.session.scalars(sa.select(Image.number)).one()
        for nth, undone_at in enumerate((None, None, DECIDED_AT)):
            db.session.add(_verdict(number, f"reviewer {nth}", undone_at))
        db.session.commit()
    told = json.loads(visitor.get("/albums/one/export.geojson").data)["features"][0]["properties"]
    assert told["flags"] == [
        {"code": "pair_mismatch", "severity": "conflict"},
        {"code": "radius_zero", "severity": "doubt"},
    ]
    assert (told["worst_flag"], told["review"], told["position_source"]) == ("conflict", "approved", "html")
    assert told["verdict"] == {
        "decision": "approved",
        "trusted": "html",
        "by": "reviewer 1",
        "at": "2026-02-03T04:05:06.000Z",
        "reasons": ["sources_agree"],
        "comment": "=1",
    }
    line = next(csv.DictReader(StringIO(visitor.get("/albums/one/export.csv").data.decode("utf-8-sig"))))
    assert line["flags"] == "pair_mismatch:conflict radius_zero:doubt"
    assert (line["verdict"], line["verdict_by"], line["verdict_comment"]) == ("approved", "reviewer 1", "'=1")


DECIDED_AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def _verdict(image_number: int, name: str, undone_at: datetime | None) -> Verdict:
    return Verdict(
        image_number=image_number,
        reviewer_name=name,
        decision=Decision.APPROVED,
        trusted=Source.HTML,
        reasons=["sources_agree"],
        comment="=1",
        decided_at=DECIDED_AT,
        outcome=ReviewState.APPROVED,
        evidence={},
        undone_at=undone_at,
    )


def test_a_geojson_file_ends_with_the_box_around_its_places(visitor: FlaskClient, three: list[str]) -> None:
    told = json.loads(visitor.get("/albums/one/export.geojson").data)
    assert told["bbox"] == [2.3376, -17.000000000000004, -179.99999999999997, 48.861934399999996]
    assert list(told) == ["type", "features", "bbox"]


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_of_nothing_is_a_good_file(
    format: ExportFormat, visitor: FlaskClient, three: list[str]
) -> None:
    content = visitor.get(f"/albums/one/export.{format}?tags=none").data
    if format is ExportFormat.GEOJSON:
        assert json.loads(content) == {"type": "FeatureCollection", "features": []}
    elif format is ExportFormat.CSV:
        assert list(csv.reader(StringIO(content.decode("utf-8-sig")))) == [list(COLUMNS)]
    else:
        ElementTree.fromstring(content)


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_titles_come_through(format: ExportFormat, visitor: FlaskClient, add_images: Add) -> None:
    for title in TITLES:
        add_images("one", at=(1.0, 2.0), title=title, tags=(title,))
    read = READERS[format](visitor.get("/albums/one/export." + format).data)
    assert len(read) == len(TITLES)
    for title, seen in zip(TITLES, read, strict=True):
        assert seen == SEEN_AS[format](title)


def test_kml_is_as_its_official_schema_asks(
    visitor: FlaskClient, three: list[str], add_images: Add, tmp_path: Path
) -> None:
    for title in TITLES:
        add_images("one", at=(1.0, 2.0), title=title, tags=(title,))
    path = tmp_path / "export.kml"
    path.write_bytes(visitor.get("/albums/one/export.kml").data)
    assert validate(file_to_validate=path)


def titles_in_csv(content: bytes) -> list[str]:
    return [row["title"] for row in csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))]


def titles_in_kml(content: bytes) -> list[str]:
    data = ElementTree.fromstring(content).iter("{http://www.opengis.net/kml/2.2}Data")
    return [each[0].text or "" for each in data if each.get("name") == "title"]


def titles_in_gpx(content: bytes) -> list[str]:
    waypoints = ElementTree.fromstring(content).iter("{http://www.topografix.com/GPX/1/1}wpt")
    return [waypoint.findtext(f".//{{{NAMESPACE}}}title") or "" for waypoint in waypoints]


def titles_in_geojson(content: bytes) -> list[str]:
    return [each["properties"]["title"] for each in json.loads(content)["features"]]


READERS: dict[ExportFormat, Callable[[bytes], list[str]]] = {
    ExportFormat.GEOJSON: titles_in_geojson,
    ExportFormat.CSV: titles_in_csv,
    ExportFormat.KML: titles_in_kml,
    ExportFormat.GPX: titles_in_gpx,
}


def in_xml(title: str) -> str:
    """Without what XML cannot hold; a parser makes one line feed of every end of a line."""
    return "".join(c for c in title if c in "\n\r\t" or (c >= " " and c != "\ufffe")).replace("\r\n", "\n")


SEEN_AS: dict[ExportFormat, Callable[[str], str]] = {
    ExportFormat.GEOJSON: lambda title: title,
    ExportFormat.CSV: guarded,
    ExportFormat.KML: in_xml,
    ExportFormat.GPX: in_xml,
}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t1", "\r1", "\n1", " =1", "＝1", "\x00=1"]
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text).startswith("'")


@pytest.mark.parametrize("text", ["-1.5", "+33", "plain", "a=b", "1-1", ""])
def test_what_no_spreadsheet_runs_stays(text: str) -> None:
    assert guarded(text) == text


@both_engines
def test_the_order_and_the_filter_are_those_of_the_address(visitor: FlaskClient, add_images: Add) -> None:
    moments = [datetime(2026, 1, day, tzinfo=UTC) for day in (2, 3, 1)]
    ids = [add_images("one", tags=("x",), taken_at=moment)[0] for moment in moments]
    add_images("one")
    add_images("two", tags=("x",))

    def exported(address: str) -> list[str]:
        content = visitor.get(address).data.decode("utf-8-sig")
        return [row["id"] for row in csv.DictReader(StringIO(content))]

    assert exported("/albums/one/export.csv?tags=x") == ids
    assert exported("/albums/one/export.csv?tags=x&sort=-taken") == [ids[1], ids[0], ids[2]]
    assert len(exported("/images/export.csv")) == 5
    assert visitor.get("/images/export.csv?bbox=1").status_code == 400


def test_the_same_file_comes_with_a_token(
    client: FlaskClient,
    add_images: Add,
    make_user: Any,
    make_album: Any,
    token_of: Callable[[User], str],
) -> None:
    user = make_user()
    make_album("one", user)
    (mine,), _ = add_images("one"), add_images("two")
    headers = {"Authorization": f"Bearer {token_of(user)}"}
    told = json.loads(client.get("/api/v1/locations.geojson", headers=headers).data)
    assert [each["id"] for each in told["features"]] == [mine]
    assert client.get("/api/v1/locations.csv?album=one", headers=headers).status_code == 200
    refused = client.get("/api/v1/locations.csv?album=two", headers=headers)
    assert (refused.status_code, refused.data) == (401, b"")
    assert client.get("/api/v1/locations.kml").status_code == 401
    assert client.get("/api/v1/locations.csv?sort=up", headers=headers).json["code"] == "filter_invalid"


def test_members_get_their_albums_alone(
    sign_in: Callable[[User], FlaskClient], make_user: Any, make_album: Any, add_images: Add
) -> None:
    user = make_user()
    make_album("one", user)
    (mine,), _ = add_images("one"), add_images("two")
    member = sign_in(user)
    assert member.get("/albums/two/export.csv").status_code == 404
    told = json.loads(member.get("/images/export.geojson").data)
    assert [each["id"] for each in told["features"]] == [mine]


def test_a_file_has_the_album_s_name_and_comes_compressed(visitor: FlaskClient, add_images: Add) -> None:
    add_images('Füße "/ 1')
    address = "/albums/~RsO8w59lICIvIDE/export.csv"
    plain = visitor.get(address)
    assert "filename*=UTF-8''Album%20F%C3%BC%C3%9Fe%20%22_%201%20" in plain.headers["Content-Disposition"]
    zipped = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    squeezed = visitor.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(zipped.data) == plain.data == brotli.decompress(squeezed.data)
    assert "Accept-Encoding" in zipped.headers["Vary"]
