"""What an uploader says about a file, read from text: a form's fields, or a resumable upload's metadata."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Never

from gallery.errors import GalleryError
from gallery.location.geoip import AddressPlace
from gallery.location.position import is_position
from gallery.models.album import Album
from gallery.models.text import storable, storable_json
from gallery.models.user import User
from gallery.plain_json import is_plain
from gallery.upload import Upload

Fields = Sequence[tuple[str, str]]
"""(name, value) in order of arrival; a name may come again."""

_METADATA = re.compile(r"metadatas\[(.+)\]", re.DOTALL)
_LOCATION = re.compile(r"(?:location\[)?(accuracy|fixed_at|latitude|longitude)\]?")
_BAD_LOCATION = (
    "`location` needs a latitude from -90 to 90 and a longitude from -180 to 180; its accuracy, if given, is "
    "metres from 0, and its fixed_at a time with an offset such as 2026-03-02T08:00:00Z."
)


class BadLocation(GalleryError):
    """The location is not one on the Earth."""

    code = "bad_location"
    status = 422


class BadMetadatas(GalleryError):
    """The metadatas are no JSON object that can be kept."""

    code = "bad_metadatas"
    status = 422


@dataclass(frozen=True, slots=True)
class Particulars:
    """The same, understood."""

    tags: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    metadatas: dict[str, Any] = field(default_factory=dict)
    location: dict[str, float] | None = None
    fixed_at: datetime | None = None
    """When the location was taken; None: nobody says."""

    def upload(
        self, filename: str, album: Album, uploader: User, address_place: AddressPlace | None = None
    ) -> Upload:
        """Said about this file, which came from an address that is there."""
        return Upload(
            filename=filename,
            album=album,
            uploader=uploader,
            tags=self.tags,
            title=self.title,
            description=self.description,
            metadatas=self.metadatas,
            location=self.location,
            fixed_at=self.fixed_at,
            address_place=address_place,
        )


def read_particulars(fields: Fields) -> Particulars:
    """Fields of other names are passed over. Raises BadLocation or BadMetadatas."""
    last = dict(fields)
    location, fixed_at = _location(fields)
    return Particulars(
        tags=tuple(_tags(fields)),
        title=last.get("title") or None,
        description=last.get("description") or None,
        metadatas=_metadatas(fields),
        location=location,
        fixed_at=fixed_at,
    )


def _tags(fields: Fields) -> Iterable[str]:
    """Of every `tags` and `tags[]`, each of which may hold several with commas between."""
    for name, value in fields:
        if name in ("tags", "tags[]"):
            yield from filter(None, (part.strip() for part in value.split(",")))


def _metadatas(fields: Fields) -> dict[str, Any]:
    """Of `metadatas` as JSON, then each `metadatas[key]` as text."""
    found: dict[str, Any] = {}
    for name, value in fields:
        if name == "metadatas" and value.strip():
            found |= _object(value, BadMetadatas("`metadatas` must be a JSON object of finite values."))
        elif key := _METADATA.fullmatch(name):
            found[key[1]] = value
    return {storable(key): storable_json(value) for key, value in found.items()}


def _location(fields: Fields) -> tuple[dict[str, float] | None, datetime | None]:
    """Of `location` as JSON and `location[latitude]` and so on, and its time; None where left empty."""
    bad = BadLocation(_BAD_LOCATION)
    given: dict[str, Any] = {}
    for name, value in fields:
        if name == "location" and value.strip():
            given |= _object(value, bad)
        elif (part := _LOCATION.fullmatch(name)) and value.strip():
            given[part[1]] = value
    numbers = {
        name: _number(given[name], bad)
        for name in ("accuracy", "latitude", "longitude")
        if given.get(name) is not None
    }
    if not numbers:
        return None, None
    if not is_position(numbers.get("latitude"), numbers.get("longitude")) or numbers.get("accuracy", 0) < 0:
        raise bad
    return numbers, _instant(given.get("fixed_at"), bad)


def _instant(value: Any, bad: GalleryError) -> datetime | None:
    """A time with an offset."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise bad
        return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise bad from None


def _number(value: Any, bad: GalleryError) -> float:
    """A finite number, as JSON has it or as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise bad
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise bad from None
    if not math.isfinite(number):
        raise bad
    return number


def _object(text: str, bad: GalleryError) -> dict[str, Any]:
    def refuse(_constant: str) -> Never:
        raise bad

    try:
        value = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise bad from None
    if not isinstance(value, dict) or not is_plain(value):
        raise bad
    return value
