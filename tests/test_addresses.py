"""Where the uploader's address is, by a database that the operator names."""

import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from gallery.config import load_settings
from gallery.db import db
from gallery.errors import SettingInvalid
from gallery.location.geoip import AddressPlace, locate
from gallery.location.position import Position
from gallery.models.claim import Claim, Source
from gallery.models.user import User
from tests.drawing import drawn_jpeg

LYON = {"location": {"latitude": 45.764, "longitude": 4.8357, "accuracy_radius": 20}}
STRANGE = {"location": {"latitude": 1234.5, "longitude": 4.8}}
NAMELESS = {"country": {"iso_code": "FR"}}
HERE = AddressPlace(Position(45.764, 4.8357), 20_000.0)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knows four networks."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-City")
    networks = {
        "81.2.69.0/24": LYON,
        "2a02:8400::/32": LYON,
        "81.2.70.0/24": STRANGE,
        "81.2.71.0/24": NAMELESS,
    }
    for network, said in {**networks, "10.0.0.0/8": LYON}.items():
        writer.insert_network(IPSet([network]), said)
    path = tmp_path_factory.mktemp("addresses") / "city.mmdb"
    writer.to_db_file(str(path))
    return path


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("81.2.69.7", HERE),
        ("2a02:8400::1", HERE),
        ("81.2.70.1", None),
        ("81.2.71.1", AddressPlace(None, None, "FR")),
        ("8.8.8.8", None),
        ("10.1.2.3", None),
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
        (None, None),
        ("81.2.69.7.9", None),
        ("\x00' OR 1=1", None),
    ],
)
def test_only_a_public_address_that_is_known_has_a_place(
    database: Path, address: str | None, expected: AddressPlace | None
) -> None:
    assert locate(address, database) == expected
    assert locate(address, None) is None


def test_a_database_that_is_gone_or_broken_tells_nothing(database: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(database.read_bytes()[: database.stat().st_size // 3])
    assert locate("81.2.69.7", broken) is None
    assert locate("81.2.69.7", tmp_path / "gone.mmdb") is None


def test_a_setting_that_names_no_database_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(drawn_jpeg((1, 2, 3)))
    for name in ("photo.jpg", "nothing", "."):
        with pytest.raises(SettingInvalid, match="GALLERY_GEOIP_DATABASE"):
            load_settings({"GALLERY_INSTANCE": str(tmp_path), "GALLERY_GEOIP_DATABASE": str(tmp_path / name)})


@pytest.fixture
def environ(environ: dict[str, str], database: Path) -> dict[str, str]:
    """With the database, behind one proxy."""
    return {**environ, "GEOIP_DATABASE": str(database), "TRUSTED_PROXIES": "1"}


def test_uploads_by_every_door_claim_the_place_of_the_address(
    app: Flask,
    client: FlaskClient,
    make_user: Callable[..., User],
    make_album: Any,
    token_of: Callable[[User], str],
    sign_in: Callable[[User], FlaskClient],
) -> None:
    user = make_user()
    make_album("one", user)
    token = {"Authorization": f"Bearer {token_of(user)}", "X-Forwarded-For": "81.2.69.7"}
    photos = [drawn_jpeg((nth, 90, 30)) for nth in (10, 60, 110)]
    answer = client.post(
        "/api/v1/albums/one/images", headers=token, data={"file": (BytesIO(photos[0]), "a.jpg")}
    )
    assert answer.json[0]["gps_ip"] == [45.764, 4.8357]  # type: ignore[index]  # or it fails

    name = base64.b64encode(b"b.jpg").decode()
    begun = client.post(
        "/api/v1/albums/one/uploads",
        headers={
            **token,
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(photos[1])),
            "Upload-Metadata": f"filename {name}",
        },
    )
    piece = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    assert (
        client.patch(
            begun.location, headers={**token, **piece, "X-Forwarded-For": "8.8.8.8"}, data=photos[1]
        ).status_code
        == 204
    )

    page = sign_in(user).get("/albums/one/upload").text
    csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": csrf, "file": (BytesIO(photos[2]), "c.jpg")}
    client.post("/albums/one/upload", data=form, headers={"X-Forwarded-For": "81.2.69.7"})
    with app.app_context():
        claims = db.session.query(Claim).filter_by(source=Source.IP).all()
        assert [(claim.position, claim.accuracy_m) for claim in claims] == [tuple(HERE)[:2]] * 3
