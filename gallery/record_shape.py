"""What a sync record must look like before it is believed."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from gallery.errors import GalleryError
from gallery.location.position import is_position
from gallery.plain_json import is_plain

MAX_INT = 2**53
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_FORMAT = re.compile(r"[\w.+-]{1,20}", re.ASCII)


class RecordInvalid(GalleryError):
    """A record lacks a key or has a value that no record can have."""

    code = "record_invalid"
    status = 422


def check_record(record: object) -> None:
    """Raises RecordInvalid with the first key that is missing or wrong."""
    if not isinstance(record, dict):
        raise RecordInvalid("it is not a JSON object.")
    for key, (is_right, meaning) in _SHAPE.items():
        if key not in record:
            raise RecordInvalid(f"the key `{key}` is missing.")
        if not is_right(record[key]):
            raise RecordInvalid(f"`{key}` must be {meaning}.")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_INT


def _is_pixels(value: object) -> bool:
    return _is_count(value) and isinstance(value, int) and value < 2**31


def _is_time(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.tzinfo is not None and 1 < moment.year < 9999


def _is_crop(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and is_position(*value)


def _is_object(value: object) -> bool:
    return isinstance(value, dict) and is_plain(value)


def _are_names(value: object) -> bool:
    if not isinstance(value, list):
        return False
    return all(isinstance(name, str) and name.strip() for name in value) and len(set(value)) == len(value)


def _or_null(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or check(value)


_TEXT = (_is_text, "a text")
_MAYBE_TEXT = (_or_null(_is_text), "a text or null")
_PIXELS = (_is_pixels, "a whole number of pixels")
_CROP = (_is_crop, "a number of pixels")
_OBJECT = (_is_object, "an object of finite values")
_MAYBE_PAIR = (_or_null(_is_pair), "[latitude, longitude] or null")
_TIME = (_is_time, "an ISO 8601 time with an offset")
_SHAPE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "id": (lambda v: _is_text(v) and _UUID.fullmatch(v) is not None, "a lower-case UUID"),
    "infos": _OBJECT,
    "exifs": _OBJECT,
    "gps": _MAYBE_PAIR,
    "gps_ip": _MAYBE_PAIR,
    "gps_exifs": _MAYBE_PAIR,
    "gps_html": _MAYBE_PAIR,
    "created_at": _TIME,
    "updated_at": _TIME,
    "taken_at": (_or_null(_is_time), "an ISO 8601 time with an offset, or null"),
    "width": _PIXELS,
    "height": _PIXELS,
    "rotation": (lambda v: _is_count(v) and v in (0, 90, 180, 270), "0, 90, 180 or 270"),
    "crop_x": _CROP,
    "crop_y": _CROP,
    "crop_w": _CROP,
    "crop_h": _CROP,
    "metadatas": _OBJECT,
    "original_url": _TEXT,
    "original_width": _PIXELS,
    "original_height": _PIXELS,
    "external_urls": (lambda v: _is_object(v) and {"fill100", "fit2000"} <= v.keys(), "an object of links"),
    "filename": _TEXT,
    "format": (lambda v: _is_text(v) and _FORMAT.fullmatch(v) is not None, "a short word"),
    "title": _MAYBE_TEXT,
    "description": _MAYBE_TEXT,
    "page": (_or_null(_is_pixels), "a whole number or null"),
    "group_id": _MAYBE_TEXT,
    "color": (lambda v: _is_text(v) and _COLOUR.fullmatch(v) is not None, "#RRGGBB"),
    "size": (_is_count, "a whole number of bytes"),
    "processed": (lambda v: isinstance(v, bool), "true or false"),
    "processing_error": _MAYBE_TEXT,
    "album_id": (lambda v: _is_text(v) and v != "", "a text that is not empty"),
    "tag_names": (_are_names, "a list of names, each once"),
    "user_sfid": _MAYBE_TEXT,
    "thumbnails": _OBJECT,
}
