"""The filter section of a page beside its chips: forms, switches, words that can be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import sqlalchemy as sa

from gallery.db import db
from gallery.language import gettext as _
from gallery.language import later, spoken
from gallery.models.review_state import ReviewState
from gallery.models.saved_filter import Saved, saved_by
from gallery.models.user import User
from gallery.present.filters import name_list
from gallery.present.filters.chips import Chip, ChipBoard
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import Key, Placed
from gallery.present.filters.flag_filter import WORDS
from gallery.present.filters.period import NO_PERIOD, Period
from gallery.present.reviews.review_words import STATES

Hidden = list[tuple[str, str]]
MOST_UPLOADERS = 200
"""In a list to choose from."""


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that is asked, and the page's query without it."""

    label: str
    query: str
    kind: str = ""
    """What stands in front: `not`, or what the label is."""
    is_from_outside: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some values of a parameter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """A way to join the tags, the query of the page with it, and whether it is on."""

    label: str
    query: str
    is_on: bool


@dataclass(frozen=True, slots=True, eq=False)
class FilterPanel:
    """Queries are without question mark; hidden fields keep what a form does not ask. It equals no other."""

    board: ChipBoard
    words: list[Word]
    switches: list[Switch]
    """Empty where they would make no difference."""
    untagged_query: str
    tag_key: str
    """What a typed tag is added to."""
    completions: list[Choice]
    search_keeps: Hidden
    tag_keeps: Hidden
    more_keeps: Hidden
    formats: list[Choice]
    uploaders: list[Choice]
    flags: list[Choice]
    verdicts: list[Choice]
    more_count: int
    """Of what the fold asks, so much is on."""
    saved: tuple[Saved, ...]
    query: str


_FOLDED = (Key.FORMAT, Key.UPLOADER, Key.POSITION, Key.FLAG, Key.VERDICT, Key.FROM, Key.TO)


def filter_panel(board: ChipBoard, user: User | None) -> FilterPanel:
    """The section for a person, or for somebody who is not signed in: they are told of nobody."""
    people = _people(board) if user is not None else ()
    return _panel(board, people, saved_by(user) if user is not None else (), spoken())


@lru_cache(maxsize=32)
def _panel(
    board: ChipBoard, people: tuple[tuple[str, str], ...], saved: tuple[Saved, ...], _language: str
) -> FilterPanel:
    wanted = board.filter
    tag_key = Key.ANY if wanted.joins_any else Key.NOT if wanted.is_against else Key.TAGS
    return FilterPanel(
        board=board,
        words=list(_words(wanted, dict(people))),
        switches=_switches(wanted),
        untagged_query=wanted.only_untagged().query_string(),
        tag_key=tag_key,
        completions=[completion(chip) for chip in board.folded],
        search_keeps=_kept(wanted, Key.TEXT),
        tag_keeps=_kept(wanted, Key.UNTAGGED),
        more_keeps=_kept(wanted, *_FOLDED),
        formats=[
            Choice(name, name.upper(), name in wanted.formats)
            for name in sorted({*board.formats, *wanted.formats})
        ],
        uploaders=[Choice(user_id, name, user_id in wanted.uploaders) for user_id, name in people],
        flags=[Choice(value, label, value in wanted.flags) for value, label in WORDS.items()],
        verdicts=[Choice(state.value, label, state in wanted.verdicts) for state, label in STATES.items()],
        more_count=sum(1 for key in _FOLDED if wanted.parts()[key]),
        saved=saved,
        query=wanted.query_string(),
    )


def completion(chip: Chip) -> Choice:
    """A tag to be chosen while typing, as it is written in an address."""
    return Choice(name_list.join([chip.name]), f"{chip.count:,}", is_chosen=False)


def _kept(wanted: Filter, *without: str) -> Hidden:
    return [(key, value) for key, value in wanted.parts().items() if value and key not in without]


def _people(board: ChipBoard) -> tuple[tuple[str, str], ...]:
    """By id the names, in their order, of whoever brought the images, and of whoever is asked for."""
    numbers, ids = board.uploader_numbers[:MOST_UPLOADERS], board.filter.uploaders
    if not numbers and not ids:
        return ()
    found = sa.select(User.id, User.name).where(sa.or_(User.number.in_(numbers), User.id.in_(ids)))
    rows = db.session.execute(found.order_by(sa.func.lower(User.name), User.number))
    return tuple((row[0], row[1]) for row in rows)


def _switches(wanted: Filter) -> list[Switch]:
    if len(wanted.names) < 2:
        return []
    is_all = bool(wanted.tags) and not wanted.any_of and not wanted.without
    is_any = bool(wanted.any_of) and not wanted.tags and not wanted.without
    return [
        Switch(_("All of the tags"), wanted.switched_to_all().query_string(), is_all),
        Switch(_("Any of them"), wanted.switched_to_any().query_string(), is_any),
        Switch(_("None of them"), wanted.switched_to_none().query_string(), wanted.is_against),
    ]


def _words(wanted: Filter, people: dict[str, str]) -> Iterator[Word]:
    yield from _tag_words(wanted)
    if wanted.untagged:
        yield Word(_("no tag"), wanted.only_untagged().query_string())
    if wanted.text:
        yield Word(wanted.text, _less(wanted, text=""), later("search"), is_from_outside=True)
    for name in wanted.formats:
        yield Word(name.upper(), _less(wanted, formats=_but(wanted.formats, name)))
    for user_id in wanted.uploaders:
        label = people.get(user_id) or _("somebody")
        yield Word(
            label, _less(wanted, uploaders=_but(wanted.uploaders, user_id)), later("by"), is_from_outside=True
        )
    if wanted.placed:
        words = {Placed.WITH: _("with a position"), Placed.WITHOUT: _("without a position")}
        yield Word(words[wanted.placed], _less(wanted, placed=None))
    for flag in wanted.flags:
        yield Word(WORDS[flag].lower(), _less(wanted, flags=_but(wanted.flags, flag)), later("flag"))
    for state in wanted.verdicts:
        label = STATES[ReviewState(state)].lower()
        yield Word(label, _less(wanted, verdicts=_but(wanted.verdicts, state)), later("review"))
    if wanted.period.first:
        yield Word(wanted.period.first, _less(wanted, period=Period("", wanted.period.last)), later("from"))
    if wanted.period.last:
        first = wanted.period.first
        yield Word(
            wanted.period.last, _less(wanted, period=Period(first) if first else NO_PERIOD), later("to")
        )
    if wanted.bbox:
        yield Word(_("in a part of the map"), _less(wanted, bbox=None))


def _tag_words(wanted: Filter) -> Iterator[Word]:
    for kind, names in (("", wanted.tags), (later("any"), wanted.any_of), (later("not"), wanted.without)):
        for name in names:
            yield Word(name, wanted.switched_off(name).query_string(), kind, is_from_outside=True)


def _less(wanted: Filter, **changes: object) -> str:
    return replace(wanted, **changes).query_string()  # type: ignore[arg-type]  # one field each


def _but(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)
