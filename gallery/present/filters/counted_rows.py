"""The counts of a filter's tags by SQL: while the index is read, and for scopes that it does not know."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import sqlalchemy as sa

from gallery.db import db
from gallery.models.image import Image
from gallery.models.scope import Condition, tagged_with_any, untagged
from gallery.models.tag import Tag, Tagging
from gallery.models.text import digest
from gallery.present.filters.filter import Filter


class CountedRows:
    """A filter over a scope, in queries of which each takes longer the more images there are."""

    def __init__(self, scope: Condition, wanted: Filter) -> None:
        self._scope, self.filter = scope, wanted

    @cached_property
    def total(self) -> int:
        """How many pass."""
        return self._count(self.filter.where(self._scope))

    @cached_property
    def uses(self) -> dict[str, int]:
        """By tag how many images of the scope carry it, the most used first."""
        return self._uses(self._scope)

    @property
    def names(self) -> list[str]:
        """The tags in the scope, the most used first, then those that are asked for all the same."""
        return [*self.uses, *(name for name in self.filter.names if name not in self.uses)]

    def counts_on(self, names: Iterable[str]) -> dict[str, int]:
        """By tag how many would be left with it switched on."""
        return {name: self.count_on(name) for name in names}

    def count_on(self, name: str) -> int:
        """How many would be left with the tag switched on."""
        wanted = self._tags_alone
        asked = name in wanted.tags or name in wanted.any_of
        if name in wanted.without:
            return self._freed.get(name, 0) + (self._total_of_tags if asked or wanted.joins_any else 0)
        if asked:
            return self._total_of_tags
        return self._joining.get(name, 0) + (self._total_of_tags if wanted.joins_any else 0)

    @cached_property
    def untagged_count(self) -> int:
        """How many would be left without any tag."""
        rest = replace(self.filter, tags=(), any_of=(), without=(), untagged=False)
        return self._count(sa.and_(rest.where(self._scope), untagged()))

    @property
    def _tags_alone(self) -> Filter:
        """A tag that is switched on ends that only images without any are wanted."""
        return replace(self.filter, untagged=False)

    @cached_property
    def _total_of_tags(self) -> int:
        return self._count(self._tags_alone.where(self._scope)) if self.filter.untagged else self.total

    @cached_property
    def _joining(self) -> dict[str, int]:
        """By tag its images that pass, or that it would add where any is enough."""
        wanted = self._tags_alone
        if not wanted:
            return self.uses
        passing = replace(wanted, any_of=()) if wanted.joins_any else wanted
        condition = passing.where(self._scope)
        if wanted.joins_any:
            condition = sa.and_(condition, sa.not_(tagged_with_any(wanted.any_of)))
        return self._uses(condition)

    @cached_property
    def _freed(self) -> dict[str, int]:
        """By unwanted tag, the images that it alone keeps out."""
        wanted = self._tags_alone
        others = replace(wanted, without=(), any_of=() if wanted.joins_any else wanted.any_of)
        digests = [digest(name) for name in wanted.without]
        alone = (
            sa.select(sa.func.min(Tag.name).label("name"))
            .select_from(Tagging)
            .join(Tag)
            .join(Image, Image.number == Tagging.image_number)
            .where(others.where(self._scope), Tag.name_digest.in_(digests))
            .group_by(Tagging.image_number)
            .having(sa.func.count() == 1)
            .subquery()
        )
        rows = db.session.execute(sa.select(alone.c.name, sa.func.count()).group_by(alone.c.name))
        return {row[0]: row[1] for row in rows}

    @staticmethod
    def _count(condition: Condition) -> int:
        return db.session.scalar(sa.select(sa.func.count()).select_from(Image).where(condition)) or 0

    @staticmethod
    def _uses(condition: Condition) -> dict[str, int]:
        images = sa.select(Image.number).where(condition)
        uses = (
            sa.select(Tagging.tag_number, sa.func.count().label("images"))
            .where(Tagging.image_number.in_(images))
            .group_by(Tagging.tag_number)
            .subquery()
        )
        rows = db.session.execute(
            sa.select(Tag.name, uses.c.images).join(uses, uses.c.tag_number == Tag.number)
        )
        return dict(sorted(((row[0], row[1]) for row in rows), key=lambda use: (-use[1], use[0])))
