"""The words of an address that make a filter: their names, and how each is read and refused."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from gallery.errors import GalleryError
from gallery.location.box import Box
from gallery.models.review_state import ReviewState
from gallery.models.text import storable
from gallery.present.filters import flag_filter, name_list
from gallery.present.filters.period import Period

MOST_NAMES, MOST_CHARACTERS = 100, 200
"""Tags and length of the text in one filter: more would be a statement that no database takes."""


class FilterInvalid(GalleryError):
    """A parameter of the address cannot be understood; the sentence names it."""

    code = "filter_invalid"


class Key(StrEnum):
    """What a filter's parameters are called, on every page and in the API, in the order of an address."""

    TAGS = "tags"
    ANY = "any"
    NOT = "not"
    UNTAGGED = "untagged"
    TEXT = "q"
    FORMAT = "format"
    UPLOADER = "uploader"
    POSITION = "position"
    FLAG = "flag"
    VERDICT = "verdict"
    FROM = "from"
    TO = "to"
    BOX = "bbox"
    SORT = "sort"
    VIEW = "view"


class View(StrEnum):
    """How a page shows its images; a grid, where nothing is said."""

    TABLE = "table"


class Placed(StrEnum):
    """Whether an image must have a position."""

    WITH = "with"
    WITHOUT = "without"


Args = MultiDict[str, str]
T = TypeVar("T")
_FORMAT = re.compile(r"[a-z0-9]{1,20}", re.ASCII)
_WORD = re.compile(r"[a-z_]{1,40}", re.ASCII)
_USER_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_SAME_FORMAT = {"jpeg": "jpg", "tif": "tiff", "heif": "heic"}


def written(parts: Mapping[str, str]) -> str:
    """The query of these parts, without those that are empty."""
    return "&".join(f"{key}={quote(value, safe=',')}" for key, value in parts.items() if value)


def names(args: Args, key: Key) -> tuple[str, ...]:
    """Names with commas between, sorted, each once."""
    try:
        found = [storable(name).strip() for value in args.getlist(key) for name in name_list.parse(value)]
    except ValueError as error:
        raise _refused(f"{key}= {error}") from None
    return tuple(sorted(set(filter(None, found))))


def text(args: Args) -> str:
    """What is searched for; the end of what is too long is not."""
    return " ".join(storable(args.get(Key.TEXT, "")[: 2 * MOST_CHARACTERS]).split())[:MOST_CHARACTERS].strip()


def untagged(args: Args) -> bool:
    """Whether only images without a tag are wanted."""
    value = args.get(Key.UNTAGGED, "")
    if value not in ("", "0", "1"):
        raise _refused(f"{Key.UNTAGGED}= is 1 or left out")
    return value == "1"


def formats(args: Args) -> tuple[str, ...]:
    """Formats as images have them: `jpeg` is `jpg`."""
    found = _some(args, Key.FORMAT, _FORMAT, "takes formats such as jpg,heic")
    return tuple(sorted({_SAME_FORMAT.get(name, name) for name in found}))


def uploaders(args: Args) -> tuple[str, ...]:
    """Ids of people."""
    return _some(args, Key.UPLOADER, _USER_ID, "takes ids of people, with commas between")


def placed(args: Args) -> Placed | None:
    """None: whether or not it has a position."""
    value = args.get(Key.POSITION, "")
    if value not in ("", *Placed):
        raise _refused(f"{Key.POSITION}= is with or without")
    return Placed(value) if value else None


def flags(args: Args) -> tuple[str, ...]:
    """Codes of flags, and levels of which the gravest must be at least one."""
    return _known(args, Key.FLAG, flag_filter.WORDS)


def verdicts(args: Args) -> tuple[str, ...]:
    """How far the review may be."""
    return _known(args, Key.VERDICT, [state.value for state in ReviewState])


def _known(args: Args, key: Key, values: Collection[str]) -> tuple[str, ...]:
    found = _some(args, key, _WORD, f"takes some of {', '.join(values)}")
    if not set(found) <= set(values):
        raise _refused(f"{key}= takes some of {', '.join(values)}")
    return found


def period(args: Args) -> Period:
    """From when to when."""
    return _read(lambda: Period.parse(args.get(Key.FROM, ""), args.get(Key.TO, "")))


def box(args: Args, key: str) -> Box | None:
    """A part of the map."""
    value = args.get(key, "")
    return _read(lambda: Box.parse(value), f"{key}= ") if value else None


def view(args: Args) -> View | None:
    """How the page shows them; what it does not know is a grid."""
    return View.TABLE if args.get(Key.VIEW) == View.TABLE else None


def _some(args: Args, key: Key, shape: re.Pattern[str], sentence: str) -> tuple[str, ...]:
    values: Iterable[str] = (part.strip().lower() for value in args.getlist(key) for part in value.split(","))
    found = sorted(set(filter(None, values)))
    if len(found) > MOST_NAMES or not all(map(shape.fullmatch, found)):
        raise _refused(f"{key}= {sentence}, {MOST_NAMES} at most")
    return tuple(found)


def _read(parse: Callable[[], T], start: str = "") -> T:
    try:
        return parse()
    except ValueError as error:
        raise _refused(f"{start}{error}") from None


def _refused(why: str) -> FilterInvalid:
    return FilterInvalid(f"The address cannot be read: {why}.")
