"""What narrows a page's images: read from the address, written back to it, and turned into SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Self
from urllib.parse import quote

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from gallery.errors import GalleryError
from gallery.location.box import Box
from gallery.models.scope import Condition, inside, saying, tagged_with_any
from gallery.models.text import storable
from gallery.present import name_list
from gallery.present.period import NO_PERIOD, Period

MOST_NAMES, MOST_CHARACTERS = 100, 200
"""Tags and length of the text in one filter: more would be a statement that no database takes."""


class FilterInvalid(GalleryError):
    """A parameter of the address cannot be understood; the sentence names it."""

    code = "filter_invalid"


class TagState(StrEnum):
    """What a filter asks of one tag."""

    OFF = "off"
    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Filter:
    """What must be true of an image: all of `tags`, any of `any_of`, none of `without`, and the rest.

    Names are sorted, each once.
    """

    tags: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    bbox: Box | None = None
    text: str = ""
    period: Period = NO_PERIOD

    @classmethod
    def from_query(cls, args: MultiDict[str, str], *, bbox_key: str = "bbox") -> Self:
        """The filter of an address; keys that it does not know are nobody's error. Raises FilterInvalid."""
        tags, any_of, without = (_names(key, args.getlist(key)) for key in ("tags", "any", "not"))
        if len(tags) + len(any_of) + len(without) > MOST_NAMES:
            raise FilterInvalid(f"A filter takes at most {MOST_NAMES} tags.")
        box = _box(bbox_key, args.get(bbox_key, ""))
        return cls(tags, any_of, without, box, _text(args.get("q", "")), _period(args))

    def query_string(self, *, bbox_key: str = "bbox") -> str:
        """The canonical query, without the question mark; empty when nothing is filtered."""
        parts = {
            "tags": name_list.join(self.tags),
            "any": name_list.join(self.any_of),
            "not": name_list.join(self.without),
            "q": self.text,
            "from": self.period.first,
            "to": self.period.last,
            bbox_key: str(self.bbox) if self.bbox else "",
        }
        return "&".join(f"{key}={quote(value, safe=',')}" for key, value in parts.items() if value)

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return any(getattr(self, field.name) for field in fields(self))

    def where(self, scope: Condition) -> Condition:
        """The images of the scope that pass."""
        conditions = [scope, *(tagged_with_any((name,)) for name in self.tags)]
        if self.any_of:
            conditions.append(tagged_with_any(self.any_of))
        if self.without:
            conditions.append(sa.not_(tagged_with_any(self.without)))
        if self.bbox:
            conditions.append(inside(self.bbox))
        if self.text:
            conditions.append(saying(self.text))
        if self.period:
            conditions.append(self.period.where())
        return sa.and_(*conditions)

    @property
    def names(self) -> tuple[str, ...]:
        """Every tag that is asked for or against, each once."""
        return tuple(sorted({*self.tags, *self.any_of, *self.without}))

    @property
    def joins_any(self) -> bool:
        """Whether a tag that is switched on joins the `any_of`, so that one of them is enough."""
        return bool(self.any_of) and not self.tags

    @property
    def is_mixed(self) -> bool:
        """Whether some tags must all be there and of others any."""
        return bool(self.any_of) and bool(self.tags)

    def state_of(self, name: str) -> TagState:
        """What is asked of the tag."""
        if name in self.without:
            return TagState.WITHOUT
        return TagState.WITH if name in self.tags or name in self.any_of else TagState.OFF

    def switched_on(self, name: str) -> Self:
        """With the tag asked for, wherever it stood before."""
        freed = replace(self, without=_less(self.without, name))
        if name in self.tags or name in self.any_of:
            return freed
        if self.joins_any:
            return replace(freed, any_of=_sorted((*self.any_of, name)))
        return replace(freed, tags=_sorted((*self.tags, name)))

    def switched_off(self, name: str) -> Self:
        """With nothing asked of the tag."""
        return replace(
            self,
            tags=_less(self.tags, name),
            any_of=_less(self.any_of, name),
            without=_less(self.without, name),
        )

    def cycled(self, name: str) -> Self:
        """The next of off, with, without, and off again."""
        state = self.state_of(name)
        if state is TagState.OFF:
            return self.switched_on(name)
        freed = self.switched_off(name)
        if state is TagState.WITHOUT:
            return freed
        return replace(freed, without=_sorted((*freed.without, name)))

    def switched_to_any(self) -> Self:
        """With one of the tags asked for being enough."""
        return replace(self, tags=(), any_of=_sorted((*self.tags, *self.any_of)))

    def switched_to_all(self) -> Self:
        """With all of the tags asked for being needed."""
        return replace(self, tags=_sorted((*self.tags, *self.any_of)), any_of=())

    def anywhere(self) -> Self:
        """Without the box."""
        return replace(self, bbox=None)


def _less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _names(key: str, values: list[str]) -> tuple[str, ...]:
    try:
        names = [storable(name).strip() for value in values for name in name_list.parse(value)]
    except ValueError as error:
        raise FilterInvalid(f"The address cannot be read: {key}= {error}.") from None
    return _sorted(filter(None, names))


def _text(text: str) -> str:
    text = storable(text).strip()
    if len(text) > MOST_CHARACTERS:
        raise FilterInvalid(f"The address cannot be read: q= takes at most {MOST_CHARACTERS} characters.")
    return text


def _period(args: MultiDict[str, str]) -> Period:
    try:
        return Period.parse(args.get("from", ""), args.get("to", ""))
    except ValueError as error:
        raise FilterInvalid(f"The address cannot be read: {error}.") from None


def _box(key: str, text: str) -> Box | None:
    if not text:
        return None
    try:
        return Box.parse(text)
    except ValueError as error:
        raise FilterInvalid(f"The address cannot be read: {key}= {error}.") from None
