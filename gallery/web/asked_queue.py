"""The queue that an address asks for."""

from flask import request

from gallery.access import may_review, person
from gallery.errors import NotFound
from gallery.models.scope import of_person
from gallery.present.filters.filter import Filter
from gallery.present.reviews.part import read_part
from gallery.present.reviews.queue import ReviewQueue


def asked_queue() -> ReviewQueue:
    """The queue of the address. Raises FilterInvalid, and NotFound for who reviews nothing."""
    wanted, part = Filter.from_query(request.args), read_part(request.args.get("part", ""))
    if not may_review(person()):
        raise NotFound("There is nothing at this address, or it is not shared with you.")
    return ReviewQueue(of_person(person()), wanted, person(), part)


def query_of(queue: ReviewQueue, **more: str) -> str:
    """The query of an address that asks for this queue, or for more or other than it."""
    named = {"part": queue.part.value, **more}
    return "&".join(filter(None, (queue.wanted.query_string(), *(f"{k}={v}" for k, v in named.items() if v))))
