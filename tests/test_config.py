"""The settings: read once, checked, and each wrong one named."""

import os
from pathlib import Path

import pytest

from gallery.config import NAMES, Settings, load_settings
from gallery.errors import SettingInvalid

BAD = [
    ("DATABASE_URL", "mysql://localhost/gallery"),
    ("DATABASE_URL", "gallery.db"),
    ("STORAGE_URL", "ftp://host/folder"),
    ("STORAGE_URL", "file://relative"),
    ("STORAGE_URL", "originals"),
    ("QUEUE_URL", "sqlite:///relative.db"),
    ("QUEUE_URL", "amqp://localhost"),
    ("PUBLIC_URL", "gallery.example.org"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "javascript:alert(1)"),
    ("DELIVERY_URL", "https://host/?q=1"),
    ("DELIVERY_URL", "https://host/#f"),
    ("PROXY_URL", "//host"),
    ("TIME_ZONE", "Mars/Olympus"),
    ("TIME_ZONE", "../../etc/passwd"),
    ("TIME_ZONE", "/etc/localtime"),
    ("LEGACY_HEADERS", "maybe"),
    ("GPS_PRECEDENCE", "exif,moon"),
    ("GPS_PRECEDENCE", "exif,exif"),
    ("MAX_UPLOAD_BYTES", "-1"),
    ("MAX_UPLOAD_BYTES", "1.5"),
    ("MAX_UPLOAD_BYTES", "1 GB"),
    ("MAX_PIXELS", "many"),
    ("MAX_PIXELS", "²"),
    ("DECODE_TIMEOUT_S", "0"),
    ("DECODE_MEMORY_BYTES", "1000000"),
    ("MAX_PIXELS", "9" * 5_000),
    ("TRASH_DAYS", "0"),
    ("FLAG_TOLERANCE_M", "far"),
    ("TRASH_DAYS", "36501"),
    ("TRUSTED_PROXIES", "yes"),
]


def loaded(folder: Path, **given: str) -> Settings:
    return load_settings(
        {"GALLERY_INSTANCE": str(folder), **{f"GALLERY_{name}": value for name, value in given.items()}}
    )


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingInvalid, match=f"GALLERY_{name}"):
        loaded(tmp_path, **{name: value})


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = loaded(tmp_path / "instance")
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/gallery.db"
    assert settings.originals == tmp_path / "instance" / "originals"
    assert settings.delivery_url == settings.public_url == "http://127.0.0.1:8000"
    assert settings.app_host == "127.0.0.1:8000"
    assert settings.time_zone.key == "UTC"
    assert settings.gps_precedence == ("manual", "exif", "html", "ip")
    assert settings.legacy_headers is True
    assert settings.trusted_proxies == 0


def test_the_secret_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = loaded(tmp_path), loaded(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    path = tmp_path / "secret_key"
    assert path.read_text().strip() == first.secret_key
    assert path.stat().st_mode & 0o077 == 0
    assert loaded(tmp_path / "other").secret_key != first.secret_key


def test_an_emptied_secret_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")
    with pytest.raises(SettingInvalid, match="SECRET_KEY"):
        loaded(tmp_path)


def test_spaces_and_a_last_slash_mean_nothing(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path, PUBLIC_URL=" https://gallery.example.org/ ", LEGACY_HEADERS="OFF ", TIME_ZONE=" "
    )
    assert settings.public_url == settings.delivery_url == "https://gallery.example.org"
    assert settings.proxy_url == "https://gallery.example.org/proxy"
    assert settings.legacy_headers is False


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////a/b.db", "sqlite:////a/b.db"),
    ],
)
def test_a_database_is_reached_through_the_driver_that_we_have(tmp_path: Path, given: str, used: str) -> None:
    assert loaded(tmp_path, DATABASE_URL=given).database_url == used


def test_no_two_purposes_share_a_key(tmp_path: Path) -> None:
    settings = loaded(tmp_path)
    keys = {settings.derived_key(purpose) for purpose in ("session", "token", "thumbnail", "proxy", "cursor")}
    assert len(keys) == 5
    assert settings.delivery_secret != settings.secret_key


def test_a_change_of_what_shows_in_documents_changes_their_recipe(tmp_path: Path) -> None:
    plain = loaded(tmp_path).document_recipe
    shown = {
        "PUBLIC_URL": "https://a.example",
        "DELIVERY_URL": "https://b.example",
        "PROXY_URL": "https://c.example",
        "APP_HOST": "d.example",
        "DELIVERY_SECRET": "e",
        "SECRET_KEY": "f",
        "TIME_ZONE": "Europe/Paris",
    }
    recipes = {name: loaded(tmp_path, **{name: value}).document_recipe for name, value in shown.items()}
    assert len({plain, *recipes.values()}) == 1 + len(shown)
    assert loaded(tmp_path, MAX_PIXELS="5").document_recipe == plain


def test_every_name_is_read(tmp_path: Path) -> None:
    asked: set[str] = set()

    class Watched(dict[str, str]):
        def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
            asked.add(key)
            return super().get(key, default)

    load_settings(Watched(GALLERY_INSTANCE=str(tmp_path)))
    assert asked == {f"GALLERY_{name}" for name in NAMES}
    assert os.environ.get("GALLERY_INSTANCE") != str(tmp_path)


@pytest.mark.parametrize("value", ["ten", "0/minute", "10/fortnight", "-1/minute", "10", ";"])
def test_a_rate_that_cannot_be_read_stops_the_start(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingInvalid, match="GALLERY_RATE_LIMIT_API"):
        loaded(tmp_path, RATE_LIMIT_API=value)


def test_rates_may_be_several_or_none(tmp_path: Path) -> None:
    settings = loaded(tmp_path, RATE_LIMIT_API="5/second;100 per hour", RATE_LIMIT_SIGN_IN="off")
    assert [(rate.amount, rate.get_expiry()) for rate in settings.rate_limit_api] == [(5, 1), (100, 3600)]
    assert settings.rate_limit_sign_in == ()


@pytest.mark.parametrize("value", ["nowhere", "carrier-pigeon://loft", "://"])
def test_counters_that_cannot_be_kept_stop_the_start(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingInvalid, match="GALLERY_RATE_LIMIT_STORAGE_URL"):
        loaded(tmp_path, RATE_LIMIT_STORAGE_URL=value)
