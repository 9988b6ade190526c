"""The tag chips above a grid or map: what each asks, what a press does, how many images it would leave."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from pyroaring import BitMap

from gallery.index.image_index import image_index
from gallery.language import later, translated
from gallery.models.scope import Condition, Scope
from gallery.present.filters.counted_rows import CountedRows
from gallery.present.filters.filter import Filter
from gallery.present.filters.selection import Selection
from gallery.present.filters.tag_filter import TagState

MOST_SHOWN, MOST_FOLDED = 24, 40
"""Chips in the open, and those that are folded away; whatever is left is found by typing."""

_PRESSES = {
    TagState.OFF: (later("not filtered"), later("show only images with it")),
    TagState.WITH: (later("only images with it"), later("show only images without it")),
    TagState.WITHOUT: (later("only images without it"), later("stop filtering by it")),
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
        return translated(_PRESSES[self.state][0])

    @property
    def press_words(self) -> str:
        """What a press changes."""
        return translated(_PRESSES[self.state][1])


@dataclass(frozen=True, slots=True)
class ChipBoard:
    """Every chip of a page; the queries are without question mark."""

    filter: Filter
    total: int
    """Images that pass the filter."""
    shown: tuple[Chip, ...]
    folded: tuple[Chip, ...]
    more_count: int
    """Tags that no chip stands for."""
    untagged_count: int
    """Images that would be left without any tag."""
    formats: tuple[str, ...]
    """That images of the scope have; empty where only SQL could tell."""
    uploader_numbers: tuple[int, ...]
    """Who brought the images of the scope; empty where only SQL could tell."""
    numbers: BitMap | None = field(compare=False)
    """The images that pass; None: only SQL can tell."""
    scope_total: int
    """Images there are without any filter; 0 where only SQL could tell."""


def chip_board(scope: Condition, wanted: Filter) -> ChipBoard:
    """The chips for the images of the scope under this filter, the most used tags first."""
    if not isinstance(scope, Scope):
        return _board(CountedRows(scope, wanted))
    with image_index().sets() as sets:
        if sets is not None:
            return _board(Selection(sets, scope, wanted))
    return _board(CountedRows(scope, wanted))


def _board(found: Selection | CountedRows) -> ChipBoard:
    wanted, names = found.filter, found.names
    active = set(wanted.names)
    first, rest = names[:MOST_SHOWN], names[MOST_SHOWN:]
    shown = first + [name for name in rest if name in active]
    folded = list(islice((name for name in rest if name not in active), MOST_FOLDED))
    counts = found.counts_on((*shown, *folded))
    selection = found if isinstance(found, Selection) else None
    return ChipBoard(
        filter=wanted,
        total=found.total,
        shown=tuple(_chip(name, counts[name], wanted) for name in shown),
        folded=tuple(_chip(name, counts[name], wanted) for name in folded),
        more_count=len(names) - len(shown) - len(folded),
        untagged_count=found.untagged_count,
        formats=tuple(selection.formats) if selection else (),
        uploader_numbers=tuple(selection.uploader_numbers) if selection else (),
        numbers=selection.numbers.copy() if selection and wanted else None,
        scope_total=selection.scope_total if selection else 0,
    )


@lru_cache(maxsize=4_000)
def _chip(name: str, count: int, wanted: Filter) -> Chip:
    return Chip(name, wanted.state_of(name), count, wanted.cycled(name).query_string())
