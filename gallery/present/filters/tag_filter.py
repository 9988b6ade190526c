"""What a filter asks of tags, and every step from one filter to the next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self


class TagState(StrEnum):
    """What a filter asks of one tag."""

    OFF = "off"
    WITH = "with"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class TagFilter:
    """All of `tags`, any of `any_of`, none of `without`. Names are sorted, each once."""

    tags: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    untagged: bool = False
    """Whether no tag at all is allowed."""

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

    @property
    def is_against(self) -> bool:
        """Whether nothing is asked but that tags are not there."""
        return bool(self.without) and not self.tags and not self.any_of

    def state_of(self, name: str) -> TagState:
        """What is asked of the tag."""
        if name in self.without:
            return TagState.WITHOUT
        return TagState.WITH if name in self.tags or name in self.any_of else TagState.OFF

    def switched_on(self, name: str) -> Self:
        """With the tag asked for, wherever it stood before."""
        without = _less(self.without, name)
        if name in self.tags or name in self.any_of:
            return replace(self, without=without, untagged=False)
        if self.joins_any:
            return replace(self, without=without, untagged=False, any_of=_sorted((*self.any_of, name)))
        return replace(self, without=without, untagged=False, tags=_sorted((*self.tags, name)))

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
        return replace(self._freed(), any_of=self._asked)

    def switched_to_all(self) -> Self:
        """With all of the tags asked for being needed."""
        return replace(self._freed(), tags=self._asked)

    def switched_to_none(self) -> Self:
        """With none of the tags being allowed."""
        return replace(self, tags=(), any_of=(), without=self.names)

    def only_untagged(self) -> Self:
        """With images that have no tag; as before, where that is asked already."""
        return replace(self, tags=(), any_of=(), without=(), untagged=not self.untagged)

    @property
    def _asked(self) -> tuple[str, ...]:
        """The tags asked for; where none is, those asked against."""
        return _sorted((*self.tags, *self.any_of)) or self.without

    def _freed(self) -> Self:
        without = () if self.is_against else self.without
        return replace(self, tags=(), any_of=(), without=without, untagged=False)


def _less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
