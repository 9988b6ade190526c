"""The value of one setting, checked. Each check raises SettingInvalid with a sentence that names it."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from gallery.errors import SettingInvalid
from gallery.rate_counter import IN_PROCESS
from gallery.thresholds import Thresholds

CLAIM_SOURCES = ("manual", "exif", "html", "ip")


def database(value: str, instance: Path) -> str:
    """The address of the database, through the driver that we have."""
    if not value:
        return f"sqlite:///{instance / 'gallery.db'}"
    if value.startswith("postgresql://"):
        return value.replace("postgresql://", "postgresql+psycopg://", 1)
    if value.startswith(("postgresql+psycopg://", "sqlite:///")):
        return value
    raise SettingInvalid("GALLERY_DATABASE_URL must begin with sqlite:/// or postgresql://.")


def folder(name: str, value: str, default: Path) -> Path:
    """A folder as file:///absolute/path."""
    if not value:
        return default
    parts = urlsplit(value)
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise SettingInvalid(f"GALLERY_{name} must be a folder as file:///absolute/path.")
    return Path(parts.path)


def sqlite_file(name: str, value: str, default: Path) -> Path:
    """An SQLite file as sqlite:////absolute/path."""
    if not value:
        return default
    if not value.startswith("sqlite:////"):
        raise SettingInvalid(f"GALLERY_{name} must be an SQLite file as sqlite:////absolute/path.")
    return Path(value.removeprefix("sqlite:///"))


def url(name: str, value: str) -> str:
    """An http:// or https:// address without a last slash."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingInvalid(f"GALLERY_{name} must be an http:// or https:// address, not {value!r}.")
    return value.rstrip("/")


def zone(value: str) -> ZoneInfo:
    """A time zone; UTC unless given."""
    try:
        return ZoneInfo(value or "UTC")
    except (KeyError, ValueError, OSError):
        raise SettingInvalid(f"GALLERY_TIME_ZONE: there is no time zone {value!r}.") from None


def switch(name: str, value: str, *, default: bool) -> bool:
    """On or off."""
    words = {"": default, "1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
    if value.lower() not in words:
        raise SettingInvalid(f"GALLERY_{name} must be on or off.")
    return words[value.lower()]


def number(name: str, value: str, default: int, least: int = 0, most: int = 2**63 - 1) -> int:
    """A whole number."""
    if not value:
        return default
    is_number = value.isascii() and value.isdigit() and len(value) < 20
    if not is_number or not least <= int(value) <= most:
        bounds = f"of {least} or more" if most == 2**63 - 1 else f"from {least} to {most}"
        raise SettingInvalid(f"GALLERY_{name} must be a whole number {bounds}.")
    return int(value)


def thresholds(given: Mapping[str, str]) -> Thresholds:
    """Each field of them from the setting of its name."""
    names = {field.name: f"FLAG_{field.name.upper()}" for field in fields(Thresholds)}
    usual = Thresholds()
    return Thresholds(
        **{
            field: number(name, given[name], getattr(usual, field), most=_MOST.get(field, 10**9))
            for field, name in names.items()
        }
    )


_MOST = {"same_picture_bits": 3}


def precedence(value: str) -> tuple[str, ...]:
    """Sources of claims, best first."""
    sources = tuple(part.strip() for part in value.split(",")) if value else CLAIM_SOURCES
    if set(sources) - set(CLAIM_SOURCES) or len(set(sources)) != len(sources):
        raise SettingInvalid(
            f"GALLERY_GPS_PRECEDENCE must name some of {', '.join(CLAIM_SOURCES)}, once each, best first."
        )
    return sources


def rates(name: str, value: str, default: str) -> tuple[RateLimitItem, ...]:
    """How often, such as 10/minute or several joined by semicolons; none for "off"."""
    if value.lower() == "off":
        return ()
    try:
        found = tuple(parse_many(value or default))
    except ValueError:
        found = ()
    if not found or any(rate.amount < 1 or rate.multiples < 1 for rate in found):
        raise SettingInvalid(f"GALLERY_{name} must be off, or a number and a time such as 10/minute.")
    return found


def token(name: str, value: str) -> str:
    """What nobody guesses; empty where none is given."""
    if value and (len(value) < 16 or not value.isascii() or not value.isprintable() or " " in value):
        raise SettingInvalid(f"GALLERY_{name} must be 16 or more visible ASCII characters.")
    return value


def counters(name: str, value: str) -> str:
    """Where counters are kept that several processes share: an address that the limits library takes."""
    url = value or IN_PROCESS
    try:
        storage_from_string(url, wrap_exceptions=True)
    except ConfigurationError:
        kind = url.partition(":")[0][:40]
        raise SettingInvalid(
            f"GALLERY_{name}: there is no storage of the kind {kind!r}, or its library is not installed."
        ) from None
    return url


def address_database(name: str, value: str) -> Path | None:
    """A MaxMind database; None where none is named. Raises SettingInvalid."""
    if not value:
        return None
    path = Path(value).absolute()
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _LONGEST_METADATA))
            is_one = _MAXMIND in file.read()
    except OSError as error:
        raise SettingInvalid(f"GALLERY_{name}: {path} cannot be read: {error.strerror}.") from None
    if not is_one:
        raise SettingInvalid(f"GALLERY_{name}: {path} is no MaxMind database (.mmdb).")
    return path


def certificates(name: str, value: str) -> str:
    """What stands in a file of certificates in PEM; empty where none is named. Raises SettingInvalid."""
    if not value:
        return ""
    path = Path(value).absolute()
    try:
        text = path.read_text("ascii", "replace")
    except OSError as error:
        raise SettingInvalid(f"GALLERY_{name}: {path} cannot be read: {error.strerror}.") from None
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise SettingInvalid(f"GALLERY_{name}: {path} holds no certificate in PEM.")
    return text


_MAXMIND, _LONGEST_METADATA = b"\xab\xcd\xefMaxMind.com", 128 * 1024
"""What such a file ends with (MaxMind DB File Format Specification 2.0)."""
