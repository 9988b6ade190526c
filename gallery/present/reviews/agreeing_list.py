"""The images of a queue that may be approved together, in the order of their albums."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import sqlalchemy as sa
from pyroaring import BitMap

from gallery.db import db
from gallery.index.image_index import image_index
from gallery.location.flag import Severity
from gallery.models.agreement import agreeing
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.models.scope import Condition, among
from gallery.present import order
from gallery.present.filters.narrowing import STEP
from gallery.present.reviews.queue import ReviewQueue

FEW, ASKED = 50_000, 4_000
"""Images that are sooner put in order than met on the way through all; those in one question on that way."""
_DOUBTED = [severity for severity in Severity if severity >= Severity.DOUBT]


def agreeing_numbers(queue: ReviewQueue, most: int) -> list[int]:
    """The first so many."""
    quiet = _quiet_numbers(queue)
    if quiet is None or len(quiet) <= FEW:
        condition = agreeing() & (queue.condition if quiet is None else among(quiet))
        found = sa.select(Image.number).where(condition).order_by(*order.ORDER).limit(most)
        return list(db.session.scalars(found))
    return list(islice(_gone_through(queue.scope, quiet), most))


def _quiet_numbers(queue: ReviewQueue) -> BitMap | None:
    """Those that nobody has decided about and no doubt speaks against; None: only SQL can tell."""
    with image_index().sets() as sets:
        if sets is None:
            return None
        undecided = queue.numbers(sets) & sets.reviews.having([ReviewState.UNREVIEWED.value])
        return undecided - sets.worst_flags.having(_DOUBTED)


def _gone_through(scope: Condition, numbers: BitMap) -> Iterator[int]:
    """The scope is gone through in its order, and what passes is asked for its claims, many at once."""
    connection, query = db.session.connection(), sa.select(Image.number).where(scope).order_by(*order.ORDER)
    with closing(connection.execute(query, execution_options={"yield_per": STEP}).scalars()) as rows:
        passing = (number for number in rows if number in numbers)
        while chunk := list(islice(passing, ASKED)):
            agree = sa.select(Image.number).where(among(chunk), agreeing())
            found = set(connection.execute(agree).scalars())
            yield from (number for number in chunk if number in found)
