"""The settings: read once from the environment (`GALLERY_…`), checked, frozen."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from gallery.errors import SettingInvalid
from gallery.secret import kept_secret, secrets_in

ROOT = Path(__file__).resolve().parent.parent
CLAIM_SOURCES = ("manual", "exif", "html", "ip")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decides. The README lists each with its default."""

    instance: Path
    secret_key: str
    database_url: str
    originals: Path
    renditions: Path
    incoming_uploads: Path
    """Folder of the resumable uploads that are not whole yet."""
    queue_path: Path
    public_url: str
    delivery_url: str
    proxy_url: str
    app_host: str
    delivery_secret: str
    """Signs delivery links."""
    retired_delivery_secrets: tuple[str, ...]
    """Sign nothing any more; links signed with them stay good."""
    time_zone: ZoneInfo
    legacy_headers: bool
    gps_precedence: tuple[str, ...]
    tiles_url: str
    tiles_attribution: str
    max_upload_bytes: int
    max_pixels: int
    keep_free_bytes: int
    """How much of the originals' file system no upload may fill."""
    decode_timeout_s: int
    decode_memory_bytes: int
    renditions_max_bytes: int
    """What the renditions may take together; 0 = no bound."""
    trash_days: int
    """How long what was deleted can be restored."""
    trusted_proxies: int
    """How many reverse proxies stand before the server; 0 = believe no X-Forwarded header."""

    @property
    def document_recipe(self) -> str:
        """Digest of every setting that shows in a sync document: when it changes, documents are stale."""
        shown = (self.delivery_url, self.proxy_url, self.app_host, self.delivery_secret, self.secret_key)
        text = "\n".join((DOCUMENT_FORMAT, *shown, self.time_zone.key))
        return hashlib.sha256(text.encode()).hexdigest()

    def derived_key(self, purpose: str) -> bytes:
        """A key for one purpose (bytes, 32), so that no two uses share a secret."""
        return hmac.digest(self.secret_key.encode(), purpose.encode(), "sha256")


DOCUMENT_FORMAT = "1"
"""Rises when the sync document's own form changes, so that stored ones are written again."""

NAMES = (
    "INSTANCE SECRET_KEY DATABASE_URL STORAGE_URL QUEUE_URL PUBLIC_URL DELIVERY_URL PROXY_URL APP_HOST "
    "DELIVERY_SECRET TIME_ZONE LEGACY_HEADERS GPS_PRECEDENCE TILES_URL TILES_ATTRIBUTION "
    "MAX_UPLOAD_BYTES MAX_PIXELS KEEP_FREE_BYTES DECODE_TIMEOUT_S DECODE_MEMORY_BYTES RENDITIONS_MAX_BYTES "
    "TRASH_DAYS TRUSTED_PROXIES"
).split()


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting; makes the instance folder and its secret key on first run.

    Raises SettingInvalid, whose sentence names the setting.
    """
    given = {name: environ.get(f"GALLERY_{name}", "").strip() for name in NAMES}
    instance = Path(given["INSTANCE"] or ROOT / "instance").absolute()
    instance.mkdir(parents=True, exist_ok=True, mode=0o750)
    secret_key = given["SECRET_KEY"] or kept_secret(instance)
    delivery_secret, *retired = secrets_in(given["DELIVERY_SECRET"]) or [
        hmac.new(secret_key.encode(), b"delivery", "sha256").hexdigest()
    ]
    public_url = _url("PUBLIC_URL", given["PUBLIC_URL"] or _last_served(instance))
    return Settings(
        instance=instance,
        secret_key=secret_key,
        database_url=_database(given["DATABASE_URL"], instance),
        originals=_folder("STORAGE_URL", given["STORAGE_URL"], instance / "originals"),
        renditions=instance / "renditions",
        incoming_uploads=instance / "incoming-uploads",
        queue_path=_sqlite_file("QUEUE_URL", given["QUEUE_URL"], instance / "queue.db"),
        public_url=public_url,
        delivery_url=_url("DELIVERY_URL", given["DELIVERY_URL"] or public_url),
        proxy_url=_url("PROXY_URL", given["PROXY_URL"] or f"{public_url}/proxy"),
        app_host=given["APP_HOST"] or urlsplit(public_url).netloc,
        delivery_secret=delivery_secret,
        retired_delivery_secrets=tuple(retired),
        time_zone=_zone(given["TIME_ZONE"]),
        legacy_headers=_switch("LEGACY_HEADERS", given["LEGACY_HEADERS"], default=True),
        gps_precedence=_precedence(given["GPS_PRECEDENCE"]),
        tiles_url=given["TILES_URL"],
        tiles_attribution=given["TILES_ATTRIBUTION"],
        max_upload_bytes=_number("MAX_UPLOAD_BYTES", given["MAX_UPLOAD_BYTES"], 512 * 1024**2),
        max_pixels=_number("MAX_PIXELS", given["MAX_PIXELS"], 200_000_000),
        keep_free_bytes=_number("KEEP_FREE_BYTES", given["KEEP_FREE_BYTES"], 200 * 1024**2),
        decode_timeout_s=_number("DECODE_TIMEOUT_S", given["DECODE_TIMEOUT_S"], 60, least=1),
        decode_memory_bytes=_number(
            "DECODE_MEMORY_BYTES", given["DECODE_MEMORY_BYTES"], 2 * 1024**3, least=256 * 1024**2
        ),
        renditions_max_bytes=_number("RENDITIONS_MAX_BYTES", given["RENDITIONS_MAX_BYTES"], 20 * 10**9),
        trash_days=_number("TRASH_DAYS", given["TRASH_DAYS"], 30, least=1, most=36_500),
        trusted_proxies=_number("TRUSTED_PROXIES", given["TRUSTED_PROXIES"], 0),
    )


def remember_served_url(settings: Settings, url: str) -> None:
    """Keep the address that the server is reached at, for commands started beside it."""
    (settings.instance / "public_url").write_text(url)


def _last_served(instance: Path) -> str:
    path = instance / "public_url"
    return path.read_text().strip() if path.exists() else "http://127.0.0.1:8000"


def _database(value: str, instance: Path) -> str:
    if not value:
        return f"sqlite:///{instance / 'gallery.db'}"
    if value.startswith("postgresql://"):
        return value.replace("postgresql://", "postgresql+psycopg://", 1)
    if value.startswith(("postgresql+psycopg://", "sqlite:///")):
        return value
    raise SettingInvalid("GALLERY_DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _folder(name: str, value: str, default: Path) -> Path:
    if not value:
        return default
    parts = urlsplit(value)
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise SettingInvalid(f"GALLERY_{name} must be a folder as file:///absolute/path.")
    return Path(parts.path)


def _sqlite_file(name: str, value: str, default: Path) -> Path:
    if not value:
        return default
    if not value.startswith("sqlite:////"):
        raise SettingInvalid(f"GALLERY_{name} must be an SQLite file as sqlite:////absolute/path.")
    return Path(value.removeprefix("sqlite:///"))


def _url(name: str, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingInvalid(f"GALLERY_{name} must be an http:// or https:// address, not {value!r}.")
    return value.rstrip("/")


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value or "UTC")
    except (KeyError, ValueError, OSError):
        raise SettingInvalid(f"GALLERY_TIME_ZONE: there is no time zone {value!r}.") from None


def _switch(name: str, value: str, *, default: bool) -> bool:
    words = {"": default, "1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
    if value.lower() not in words:
        raise SettingInvalid(f"GALLERY_{name} must be on or off.")
    return words[value.lower()]


def _number(name: str, value: str, default: int, least: int = 0, most: int = 2**63 - 1) -> int:
    if not value:
        return default
    is_number = value.isascii() and value.isdigit() and len(value) < 20
    if not is_number or not least <= int(value) <= most:
        bounds = f"of {least} or more" if most == 2**63 - 1 else f"from {least} to {most}"
        raise SettingInvalid(f"GALLERY_{name} must be a whole number {bounds}.")
    return int(value)


def _precedence(value: str) -> tuple[str, ...]:
    sources = tuple(part.strip() for part in value.split(",")) if value else CLAIM_SOURCES
    if set(sources) - set(CLAIM_SOURCES) or len(set(sources)) != len(sources):
        raise SettingInvalid(
            f"GALLERY_GPS_PRECEDENCE must name some of {', '.join(CLAIM_SOURCES)}, once each, best first."
        )
    return sources
