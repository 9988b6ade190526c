"""The settings: read once from the environment (`GALLERY_…`), checked, frozen."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from limits import RateLimitItem

from gallery import setting
from gallery.secret import derived, kept_secret, secrets_in
from gallery.thresholds import Thresholds

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator decides. The README lists each with its default."""

    instance: Path
    secret_key: str
    """Signs sessions, tokens, cursors and permanent links."""
    retired_secret_keys: tuple[str, ...]
    """Sign nothing any more; what was signed with them stays good."""
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
    geoip_database: Path | None
    """None: nobody asks where addresses are."""
    credential_anchors: str
    """Certificates (PEM) of those who vouch for signers of content credentials; empty: all are unknown."""
    flag_thresholds: Thresholds
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
    rate_limit_api: tuple[RateLimitItem, ...]
    """How often one person's programs may call, and how often strangers from one address; () = no bound."""
    rate_limit_sign_in: tuple[RateLimitItem, ...]
    """How often somebody may try from one address, and as one person."""
    rate_limit_storage_url: str
    webhook_allow_private: bool
    """Whether webhooks may lead into private networks."""
    metrics_token: str
    """Opens /metrics; empty: that is for this machine alone."""
    trusted_proxies: int
    """How many reverse proxies stand before the server; 0 = believe no X-Forwarded header."""

    @property
    def document_recipe(self) -> str:
        """Digest of every setting that shows in a sync document: when it changes, documents are stale."""
        shown = (self.delivery_url, self.proxy_url, self.app_host, self.delivery_secret, self.secret_key)
        text = "\n".join((DOCUMENT_FORMAT, *shown, self.time_zone.key))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def flag_recipe(self) -> str:
        """Digest of what flags are found with beside the images: when it changes, stored ones are stale."""
        text = f"{FLAG_FORMAT}\n{self.flag_thresholds}\n{self.gps_precedence}"
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """Everything that was signed with one of these is good; the first signs."""
        return (self.secret_key, *self.retired_secret_keys)

    def derived_key(self, purpose: str) -> bytes:
        """The key that signs for one purpose (bytes, 32)."""
        return derived(self.secret_key, purpose)

    def derived_keys(self, purpose: str) -> tuple[bytes, ...]:
        """Every key whose signatures are good for the purpose, the one that signs first."""
        return tuple(derived(secret, purpose) for secret in self.secret_keys)

    def signing_keys(self, purpose: str) -> list[bytes]:
        """The same as itsdangerous takes them: the one that signs last."""
        return list(reversed(self.derived_keys(purpose)))


FLAG_FORMAT = "3"
"""Rises when flags are found otherwise than before, so that stored ones are found again."""
DOCUMENT_FORMAT = "1"
"""Rises when the sync document's own form changes, so that stored ones are written again."""

NAMES = (
    "INSTANCE SECRET_KEY DATABASE_URL STORAGE_URL QUEUE_URL PUBLIC_URL DELIVERY_URL PROXY_URL APP_HOST "
    "DELIVERY_SECRET TIME_ZONE LEGACY_HEADERS GPS_PRECEDENCE GEOIP_DATABASE TILES_URL TILES_ATTRIBUTION "
    "MAX_UPLOAD_BYTES MAX_PIXELS KEEP_FREE_BYTES DECODE_TIMEOUT_S DECODE_MEMORY_BYTES RENDITIONS_MAX_BYTES "
    "RATE_LIMIT_API RATE_LIMIT_SIGN_IN RATE_LIMIT_STORAGE_URL "
    "TRASH_DAYS TRUSTED_PROXIES WEBHOOK_ALLOW_PRIVATE CREDENTIAL_ANCHORS METRICS_TOKEN "
    "FLAG_TOLERANCE_M FLAG_UNSTATED_RADIUS_M FLAG_STALE_FIX_S FLAG_UPLOAD_GAP_S FLAG_CLOCK_S FLAG_ZONE_HOURS "
    "FLAG_SPEED_KM_H FLAG_TRAVEL_KM FLAG_SAME_PICTURE_BITS FLAG_SAME_PICTURE_KM"
).split()


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting; makes the instance folder and its secret key on first run.

    Raises SettingInvalid, whose sentence names the setting.
    """
    given = {name: environ.get(f"GALLERY_{name}", "").strip() for name in NAMES}
    instance = Path(given["INSTANCE"] or ROOT / "instance").absolute()
    instance.mkdir(parents=True, exist_ok=True, mode=0o750)
    secret_key, *retired_keys = secrets_in("SECRET_KEY", given["SECRET_KEY"]) or [kept_secret(instance)]
    delivery_secret, *retired = secrets_in("DELIVERY_SECRET", given["DELIVERY_SECRET"]) or [
        derived(secret, "delivery").hex() for secret in (secret_key, *retired_keys)
    ]
    public_url = setting.url("PUBLIC_URL", given["PUBLIC_URL"] or _last_served(instance))
    return Settings(
        instance=instance,
        secret_key=secret_key,
        retired_secret_keys=tuple(retired_keys),
        database_url=setting.database(given["DATABASE_URL"], instance),
        originals=setting.folder("STORAGE_URL", given["STORAGE_URL"], instance / "originals"),
        renditions=instance / "renditions",
        incoming_uploads=instance / "incoming-uploads",
        queue_path=setting.sqlite_file("QUEUE_URL", given["QUEUE_URL"], instance / "queue.db"),
        public_url=public_url,
        delivery_url=setting.url("DELIVERY_URL", given["DELIVERY_URL"] or public_url),
        proxy_url=setting.url("PROXY_URL", given["PROXY_URL"] or f"{public_url}/proxy"),
        app_host=given["APP_HOST"] or urlsplit(public_url).netloc,
        delivery_secret=delivery_secret,
        retired_delivery_secrets=tuple(retired),
        time_zone=setting.zone(given["TIME_ZONE"]),
        legacy_headers=setting.switch("LEGACY_HEADERS", given["LEGACY_HEADERS"], default=True),
        gps_precedence=setting.precedence(given["GPS_PRECEDENCE"]),
        geoip_database=setting.address_database("GEOIP_DATABASE", given["GEOIP_DATABASE"]),
        credential_anchors=setting.certificates("CREDENTIAL_ANCHORS", given["CREDENTIAL_ANCHORS"]),
        flag_thresholds=setting.thresholds(given),
        tiles_url=given["TILES_URL"],
        tiles_attribution=given["TILES_ATTRIBUTION"],
        max_upload_bytes=setting.number("MAX_UPLOAD_BYTES", given["MAX_UPLOAD_BYTES"], 512 * 1024**2),
        max_pixels=setting.number("MAX_PIXELS", given["MAX_PIXELS"], 200_000_000),
        keep_free_bytes=setting.number("KEEP_FREE_BYTES", given["KEEP_FREE_BYTES"], 200 * 1024**2),
        decode_timeout_s=setting.number("DECODE_TIMEOUT_S", given["DECODE_TIMEOUT_S"], 60, least=1),
        decode_memory_bytes=setting.number(
            "DECODE_MEMORY_BYTES", given["DECODE_MEMORY_BYTES"], 2 * 1024**3, least=256 * 1024**2
        ),
        renditions_max_bytes=setting.number(
            "RENDITIONS_MAX_BYTES", given["RENDITIONS_MAX_BYTES"], 20 * 10**9
        ),
        trash_days=setting.number("TRASH_DAYS", given["TRASH_DAYS"], 30, least=1, most=36_500),
        rate_limit_api=setting.rates("RATE_LIMIT_API", given["RATE_LIMIT_API"], "6000/minute"),
        rate_limit_sign_in=setting.rates("RATE_LIMIT_SIGN_IN", given["RATE_LIMIT_SIGN_IN"], "10/minute"),
        rate_limit_storage_url=setting.counters("RATE_LIMIT_STORAGE_URL", given["RATE_LIMIT_STORAGE_URL"]),
        webhook_allow_private=setting.switch(
            "WEBHOOK_ALLOW_PRIVATE", given["WEBHOOK_ALLOW_PRIVATE"], default=False
        ),
        metrics_token=setting.token("METRICS_TOKEN", given["METRICS_TOKEN"]),
        trusted_proxies=setting.number("TRUSTED_PROXIES", given["TRUSTED_PROXIES"], 0),
    )


def remember_served_url(settings: Settings, url: str) -> None:
    """Keep the address that the server is reached at, for commands started beside it."""
    (settings.instance / "public_url").write_text(url)


def _last_served(instance: Path) -> str:
    path = instance / "public_url"
    return path.read_text().strip() if path.exists() else "http://127.0.0.1:8000"
