"""What comes along with a file when somebody brings it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

from gallery.location.geoip import AddressPlace
from gallery.location.position import is_position
from gallery.models.album import Album
from gallery.models.claim import Claim, Source
from gallery.models.text import storable
from gallery.models.user import User

MAX_NAME_LENGTH = 255
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Upload:
    """Where a file goes, who brings it, and what they say about it."""

    filename: str
    """As the uploader's device gave it: anything at all."""
    album: Album
    uploader: User | None = None
    tags: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    location: Mapping[str, float] | None = None
    """The browser's geolocation: latitude, longitude, accuracy (metres)."""
    fixed_at: datetime | None = None
    """When the browser's device took that position; None: unknown, so at the upload."""
    address_place: AddressPlace | None = None
    """Where the uploader's address is, if a database says so."""
    uploaded_at: datetime | None = None
    """None: now."""
    metadatas: Mapping[str, Any] = field(default_factory=dict)
    """The integrator's own keys and values."""

    @property
    def stem(self) -> str:
        """The file's name without folders and extension; a name that is all extension stays whole."""
        name = _CONTROLS.sub("\ufffd", storable(self.filename)).replace("\\", "/")
        return PurePath(name).stem[:MAX_NAME_LENGTH] or "image"

    def claims(self, made_at: datetime) -> list[Claim]:
        """What browser and address say of the place, for one image."""
        claims = []
        location = self.location
        if location is not None and is_position(location.get("latitude"), location.get("longitude")):
            claims.append(
                Claim(
                    source=Source.HTML,
                    latitude=float(location["latitude"]),
                    longitude=float(location["longitude"]),
                    accuracy_m=location.get("accuracy"),
                    made_at=self.fixed_at or made_at,
                )
            )
        address = self.address_place
        if address is not None and address.position is not None:
            latitude, longitude = address.position
            said = {"latitude": latitude, "longitude": longitude, "accuracy_m": address.radius_m}
            claims.append(Claim(source=Source.IP, made_at=made_at, **said))
        return claims
