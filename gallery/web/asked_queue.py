"""The queue that an address asks for."""

from typing import NamedTuple

import sqlalchemy as sa
from flask import request

from gallery.access import may_review, person
from gallery.errors import NotFound
from gallery.index.image_index import image_index
from gallery.models.scope import of_person
from gallery.present.filters import Filter
from gallery.present.narrowing import narrowed
from gallery.present.review_queue import Part, counted, counts, for_reviewer, read_part


class Queue(NamedTuple):
    """What the address asks for, of what is the person's to review."""

    wanted: Filter
    part: Part
    condition: sa.ColumnElement[bool]
    """Of the images of every part."""

    @property
    def shown(self) -> sa.ColumnElement[bool]:
        """Those of its part."""
        return sa.and_(self.condition, self.part.condition)

    def counts(self) -> dict[Part, int]:
        """How many images of each part there are."""
        with image_index().sets() as sets:
            if sets is not None:
                return counted(sets, of_person(person()), self.wanted, person())
        return counts(self.condition)

    def query(self, **more: str) -> str:
        """The address's query, with a part of its own."""
        named = {"part": self.part.value, **more}
        return "&".join(
            filter(None, (self.wanted.query_string(), *(f"{k}={v}" for k, v in named.items() if v)))
        )


def asked_queue() -> Queue:
    """The queue of the address. Raises FilterInvalid, and NotFound for who reviews nothing."""
    wanted, part = Filter.from_query(request.args), read_part(request.args.get("part", ""))
    if not may_review(person()):
        raise NotFound("There is nothing at this address, or it is not shared with you.")
    condition = sa.and_(narrowed(of_person(person()), wanted), for_reviewer(person()))
    return Queue(wanted, part, condition)
