"""Where an IP address is, by a MaxMind database (any `.mmdb`) that the operator names."""

import logging
import re
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import maxminddb

from gallery.location.position import Position, is_position

log = logging.getLogger(__name__)
_LETTERS = re.compile("[A-Z]{2}", re.ASCII)


class AddressPlace(NamedTuple):
    """What the database says of an address: a region at best."""

    position: Position | None
    """None: it tells countries alone."""
    radius_m: float | None
    """Within which about 67 % of such addresses are (MaxMind, `accuracy_radius`, there in kilometres)."""
    country: str = ""
    """Two letters (ISO 3166-1); empty: it tells none."""


def locate(address: str | None, database: Path | None) -> AddressPlace | None:
    """None: no database, an address of a private network, or one that it does not know."""
    if database is None or not address:
        return None
    try:
        if not ip_address(address).is_global:
            return None
        found = _reader(database, database.stat().st_mtime_ns).get(address)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        log.warning("%s does not tell where %s is: %s", database, address, error)
        return None
    return _place(found)


def _place(found: Any) -> AddressPlace | None:
    if not isinstance(found, dict):
        return None
    said, country = found.get("location"), _country(found.get("country"))
    if not isinstance(said, dict) or not is_position(said.get("latitude"), said.get("longitude")):
        return AddressPlace(None, None, country) if country else None
    radius_km = said.get("accuracy_radius")
    radius_m = radius_km * 1000.0 if isinstance(radius_km, int | float) and radius_km > 0 else None
    return AddressPlace(Position(float(said["latitude"]), float(said["longitude"])), radius_m, country)


def _country(said: Any) -> str:
    """The letters stand in a map of their own, or alone."""
    code = said.get("iso_code") if isinstance(said, dict) else said
    return code if isinstance(code, str) and _LETTERS.fullmatch(code) else ""


@lru_cache(maxsize=2)
def _reader(database: Path, _modified_ns: int) -> maxminddb.Reader:
    """A newer file under the same name is opened anew."""
    return maxminddb.open_database(str(database))
