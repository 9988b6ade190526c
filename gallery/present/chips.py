"""The tag chips above a grid or map: what each asks, what a press does, how many images it would leave."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Condition, tagged_with_any
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest
from gallery.present.filters import Filter, TagState

MOST_SHOWN = 24
"""Chips in the open; the rest are folded away."""

_PRESSES = {
    TagState.OFF: ("not filtered", "show only images with it"),
    TagState.WITH: ("only images with it", "show only images without it"),
    TagState.WITHOUT: ("only images without it", "stop filtering by it"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One tag. `count` is how many images the page would hold with the tag switched on."""

    name: str
    state: TagState
    count: int
    query: str
    """Of the page after a press."""

    @property
    def state_words(self) -> str:
        """What the filter asks of the tag now."""
        return _PRESSES[self.state][0]

    @property
    def press_words(self) -> str:
        """What a press changes."""
        return _PRESSES[self.state][1]


@dataclass(frozen=True, slots=True)
class ChipBoard:
    """Every chip of a page, and the switch between all and any; the queries are without question mark."""

    filter: Filter
    total: int
    """Images that pass the filter."""
    shown: list[Chip]
    folded: list[Chip]
    query_all: str
    query_any: str
    query_anywhere: str

    @property
    def can_switch(self) -> bool:
        """Whether all or any makes a difference."""
        return len(self.filter.tags) + len(self.filter.any_of) > 1


def chip_board(scope: Condition, wanted: Filter) -> ChipBoard:
    """The chips for the images of the scope under this filter, the most used tags first."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Image).where(wanted.where(scope))) or 0
    names, count_on = _counted(scope, wanted, total)
    chips = [
        Chip(name, wanted.state_of(name), count_on(name), wanted.cycled(name).query_string())
        for name in names
    ]
    active = set(wanted.names)
    shown = [chip for place, chip in enumerate(chips) if place < MOST_SHOWN or chip.name in active]
    folded = [chip for place, chip in enumerate(chips) if place >= MOST_SHOWN and chip.name not in active]
    return ChipBoard(
        filter=wanted,
        total=total,
        shown=shown,
        folded=folded,
        query_all=wanted.switched_to_all().query_string(),
        query_any=wanted.switched_to_any().query_string(),
        query_anywhere=wanted.anywhere().query_string(),
    )


def _counted(scope: Condition, wanted: Filter, total: int) -> tuple[list[str], Callable[[str], int]]:
    """The names by use, and a function of a name: the images under `wanted.switched_on(name)`."""
    joining = _joining(scope, wanted)
    names = [*joining, *(name for name in wanted.names if name not in joining)]
    freed = _freed(scope, wanted) if wanted.without else {}

    def count_on(name: str) -> int:
        asked = name in wanted.tags or name in wanted.any_of
        if name in wanted.without:
            return freed.get(name, 0) + (total if asked or wanted.joins_any else 0)
        if asked:
            return total
        return joining.get(name, 0) + (total if wanted.joins_any else 0)

    return names, count_on


def _joining(scope: Condition, wanted: Filter) -> dict[str, int]:
    """By tag, the most used first: its images that pass, or that it would add where any is enough."""
    used = _uses(scope)
    if not wanted:
        return used
    passing = _without_any(wanted) if wanted.joins_any else wanted
    condition = passing.where(scope)
    if wanted.joins_any:
        condition = sa.and_(condition, sa.not_(tagged_with_any(wanted.any_of)))
    found = _uses(condition)
    return {name: found.get(name, 0) for name in used}


def _uses(condition: Condition) -> dict[str, int]:
    """By tag how many of the images carry it, the most used first."""
    images = sa.select(Image.number).where(condition)
    uses = (
        sa.select(Tagging.tag_number, sa.func.count().label("images"))
        .where(Tagging.image_number.in_(images))
        .group_by(Tagging.tag_number)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Tag.name, uses.c.images)
        .join(uses, uses.c.tag_number == Tag.number)
        .order_by(uses.c.images.desc(), Tag.name)
    )
    return {name: count for name, count in rows}  # noqa: C416  # rows are no pairs to mypy


def _freed(scope: Condition, wanted: Filter) -> dict[str, int]:
    """By unwanted tag, the images that it alone keeps out."""
    asked = _without_any(wanted) if wanted.joins_any else wanted
    others = replace(asked, without=())
    digests = [digest(name) for name in wanted.without]
    alone = (
        sa.select(sa.func.min(Tag.name).label("name"))
        .select_from(Tagging)
        .join(Tag)
        .join(Image, Image.number == Tagging.image_number)
        .where(others.where(scope), Tag.name_digest.in_(digests))
        .group_by(Tagging.image_number)
        .having(sa.func.count() == 1)
        .subquery()
    )
    rows = db.session.execute(sa.select(alone.c.name, sa.func.count()).group_by(alone.c.name))
    return {name: count for name, count in rows}  # noqa: C416  # rows are no pairs to mypy


def _without_any(wanted: Filter) -> Filter:
    return replace(wanted, any_of=())
