"""The images that pass a filter, as sets of numbers, and how many each further step would leave."""

import math
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_sets import ImageSets
from gallery.index.word_sets import Asked, WordSets
from gallery.models.image import Image
from gallery.models.scope import Scope, among
from gallery.models.search_text import words_asked
from gallery.models.user import User
from gallery.models.word_lookup import numbers_begun, numbers_with
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import Placed
from gallery.present.filters.flag_filter import codes_in, severities_in


class Selection:
    """A filter over a scope. While it is used, neither the sets nor what it answers may be changed."""

    def __init__(self, sets: ImageSets, scope: Scope, wanted: Filter) -> None:
        self._sets, self._scope, self.filter = sets, scope, wanted

    @cached_property
    def numbers(self) -> BitMap:
        """The images that pass."""
        return self._tagged(self.filter)

    @property
    def total(self) -> int:
        """How many pass."""
        return len(self.numbers)

    @property
    def is_everything(self) -> bool:
        """Whether every image passes that is not in the trash."""
        return not self.filter and (self.albums is None or self.scope_total == len(self._sets.there))

    @cached_property
    def uses(self) -> dict[str, int]:
        """By tag how many images of the scope carry it, the most used first."""
        return self._sets.uses(self.albums, self._count_uses)

    @property
    def names(self) -> list[str]:
        """The tags in the scope, the most used first, then those that are asked for all the same."""
        return [*self.uses, *(name for name in self.filter.names if name not in self.uses)]

    def counts_on(self, names: Iterable[str]) -> dict[str, int]:
        """By tag how many would be left with it switched on."""
        wanted, sets = self.filter, self._sets
        if not wanted:
            return {name: self.uses.get(name, 0) for name in names}
        if wanted.untagged:
            return {name: len(self._tagged(wanted.switched_on(name))) for name in names}
        count, more = self._joining.intersection_cardinality, self.total if wanted.joins_any else 0
        names = list(names)
        counts = {name: more + count(has) for name, has in zip(names, sets.with_each_tag(names), strict=True)}
        for name in counts.keys() & set(wanted.names):
            is_kept_out = name in wanted.without
            counts[name] = len(self._tagged(wanted.switched_on(name))) if is_kept_out else self.total
        return counts

    @cached_property
    def untagged_count(self) -> int:
        """How many would be left without any tag."""
        return len(self._rest - self._sets.tagged)

    @cached_property
    def formats(self) -> list[str]:
        """Those that images of the scope have."""
        sets = self._sets.formats.sets
        return sorted(name for name, numbers in sets.items() if self._within.intersect(numbers))

    @cached_property
    def uploader_numbers(self) -> list[int]:
        """The people who brought the images of the scope."""
        sets = self._sets.uploaders.sets
        return [number for number, numbers in sets.items() if self._within.intersect(numbers)]

    @cached_property
    def scope_total(self) -> int:
        """How many images the scope has."""
        return len(self._within)

    @cached_property
    def albums(self) -> frozenset[int] | None:
        """The numbers of the scope's albums; None: every album."""
        albums = self._scope.albums
        return frozenset(db.session.scalars(albums)) if isinstance(albums, sa.Select) else albums

    @cached_property
    def _within(self) -> BitMap:
        if self.albums is None:
            return self._sets.there
        albums = self.albums
        return self._sets.worked_out(("albums", albums), lambda: self._sets.albums.having(albums))

    @cached_property
    def _joining(self) -> BitMap:
        """Of which a tag's images would be left; where any is enough, those that it would add."""
        if not self.filter.joins_any:
            return self.numbers
        others = self._tagged(replace(self.filter, any_of=()))
        return others - self._sets.with_any_tag(self.filter.any_of)

    def _tagged(self, wanted: Filter) -> BitMap:
        """The images under the filter's tags and this filter's rest, the rarest tag first."""
        found, sets = self._rest, self._sets
        for numbers in sorted((sets.with_tag(name) for name in wanted.tags), key=len):
            found = found & numbers
        if wanted.any_of:
            found = found & sets.with_any_tag(wanted.any_of)
        if wanted.without:
            found = found - sets.with_any_tag(wanted.without)
        return found - sets.tagged if wanted.untagged else found

    @cached_property
    def _rest(self) -> BitMap:
        """The images that pass all but the tags."""
        found, sets, wanted = self._within, self._sets, self.filter
        if wanted.formats:
            found = found & sets.formats.having(wanted.formats)
        if wanted.uploaders:
            numbers = db.session.scalars(sa.select(User.number).where(User.id.in_(wanted.uploaders)))
            found = found & sets.uploaders.having(numbers)
        if wanted.placed:
            found = found & sets.placed if wanted.placed is Placed.WITH else found - sets.placed
        if wanted.flags:
            found = found & sets.flagged(codes_in(wanted.flags), severities_in(wanted.flags))
        if wanted.verdicts:
            found = found & sets.reviews.having(wanted.verdicts)
        if wanted.text:
            found = found & _saying(sets.words, wanted.text)
        if wanted.bbox:
            box = wanted.bbox
            found = found & sets.worked_out(("box", box), lambda: sets.places.whole().points.inside(box))
        if wanted.period:
            key = "period", self.albums, wanted.period
            found = found & sets.worked_out(key, self._within_period)
        return found

    def _within_period(self) -> BitMap:
        """On a connection of its own, as above, what is too near to an end for the sets to tell."""
        begin, end = self.filter.period.bounds
        found, near = self._sets.taken.between(
            self._within, begin.timestamp() if begin else -math.inf, end.timestamp() if end else math.inf
        )
        if not near:
            return found
        with db.engine.connect() as connection:
            query = sa.select(Image.number).where(self._scope, among(near), self.filter.period.where())
            return found | BitMap(connection.scalars(query).all())

    def _count_uses(self) -> dict[str, int]:
        within, sets = self._within, self._sets
        uses = {
            name: within.intersection_cardinality(sets.tags[number])
            for number, name in sets.tag_names.items()
            if number in sets.tags
        }
        used = ((name, count) for name, count in uses.items() if count)
        return dict(sorted(used, key=lambda use: (-use[1], use[0])))


def _saying(words: WordSets, text: str) -> BitMap:
    """The images that have all words of the text, in the trash or not."""
    asked = [Asked(word, is_begun=False) for word in words_asked(text)]
    if not asked:
        return BitMap()
    asked[-1] = asked[-1]._replace(is_begun=True)
    with db.engine.connect() as connection:  # of its own, as above
        found = [words.having(one, partial(_find, connection, words, one)) for one in asked]
    return BitMap.intersection(*sorted(found, key=len))


def _find(connection: sa.Connection, words: WordSets, asked: Asked) -> BitMap:
    if not asked.is_begun:
        return BitMap(numbers_with(connection, asked.word))
    common = words.common_from(asked.word)
    return BitMap.union(BitMap(numbers_begun(connection, asked.word, set(common))), *common.values())
