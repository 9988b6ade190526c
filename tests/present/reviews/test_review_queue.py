"""The queue by the index of images and by SQL, against rows that are put in order here."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.db import begin_write, db
from gallery.models.album import Album, find_album
from gallery.models.image import Image, now
from gallery.models.review_state import ReviewState
from gallery.models.scope import of_person
from gallery.models.user import Role, User, find_by_email
from gallery.models.verdict import Decision, Verdict
from gallery.present.filters.filter import Filter
from gallery.present.reviews.part import Part
from gallery.present.reviews.queue import ReviewQueue
from gallery.present.reviews.queue_place import QueuePlace
from tests.engines import both_engines

pytestmark = both_engines
TIMES = [
    datetime(1969, 12, 31, 23, 59, 58, tzinfo=UTC) + timedelta(milliseconds=after)
    for after in (0, 1, 499, 500, 999, 1_000, 1_500, 2_500, 86_400_000)
]
"""Several in one second, before and after the one that is counted from."""


class Row(NamedTuple):
    """An image of a queue."""

    created_at: datetime
    review: ReviewState
    worst_flag: int
    is_tagged: bool
    is_own: bool
    is_approved_by_them: bool
    is_trashed: bool

    def is_of(self, part: Part, wanted: Filter) -> bool:
        """Whether the queue of that part under the filter has it."""
        is_theirs = not self.is_own and not (
            self.review is ReviewState.AWAITS_SECOND and self.is_approved_by_them
        )
        is_grave = part is not Part.CONFLICT or self.worst_flag == 3
        is_there = not self.is_trashed and (self.is_tagged or not wanted)
        return is_theirs and is_there and is_grave and self.review in part.states


@pytest.fixture
def people(album: Album) -> list[str]:
    """Where an admin is written to, and a reviewer who is a member of the album."""
    found = [User.create(f"{role}@example.org", "correct horse", role=role) for role in list(Role)[:2]]
    db.session.add_all(found)
    db.session.flush()
    album.admit(found[-1])
    db.session.commit()
    return [person.email for person in found]


some = st.builds(
    Row,
    st.sampled_from(TIMES),
    st.sampled_from(ReviewState),
    st.integers(0, 3),
    st.booleans(),
    *(st.sampled_from((False, False, False, True)) for _ in range(3)),
)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(some, min_size=5, max_size=9),
    st.sampled_from(Part),
    st.sampled_from((Filter(), Filter(tags=("a",)))),
    st.integers(1, 3),
    st.integers(0, 1),
)
def test_each_image_is_followed_by_the_next_in_age_under_any_filter(
    people: list[str],
    add_row: Callable[..., Image],
    rows: list[Row],
    part: Part,
    wanted: Filter,
    step: int,
    who: int,
) -> None:
    begin_write()
    db.session.execute(sa.delete(Image))
    db.session.expunge_all()
    person = find_by_email(people[who])
    assert person is not None
    images = [(_added(add_row, row, person), row) for row in rows]
    places = {image.id: (-row.worst_flag, row.created_at, image.id) for image, row in images}
    queues = {
        each: sorted(places[image.id] for image, row in images if row.is_of(each, wanted)) for each in Part
    }
    db.session.commit()
    queue = ReviewQueue(of_person(person), wanted, person, part)
    assert queue.counts() == {each: len(found) for each, found in queues.items()}
    for ask in (queue.images, queue._gone_through):
        assert _ids(ask(None, step, backwards=False)) == [place[2] for place in queues[part][:step]]
        for image, _ in images[:4]:
            here = places[image.id]
            beyond = [place[2] for place in queues[part] if place > here]
            before = [place[2] for place in reversed(queues[part]) if place < here]
            assert _ids(ask(QueuePlace.of(image), step, backwards=False)) == beyond[:step]
            assert _ids(ask(QueuePlace.of(image), step, backwards=True)) == before[:step]


def _ids(images: list[Image]) -> list[str]:
    return [image.id for image in images]


def _added(add_row: Callable[..., Image], row: Row, person: User) -> Image:
    album = find_album("one")
    assert album is not None
    image = add_row(
        album,
        tags=("a",) if row.is_tagged else (),
        created_at=row.created_at,
        review=row.review,
        worst_flag=row.worst_flag,
        uploader_number=person.number if row.is_own else None,
        trashed_at=now() if row.is_trashed else None,
    )
    if row.is_approved_by_them:
        verdict = Verdict(
            image_number=image.number,
            user_number=person.number,
            reviewer_name=person.name,
            decision=Decision.APPROVED,
            reasons=[],
            comment="",
            decided_at=now(),
            outcome=ReviewState.AWAITS_SECOND,
            evidence={},
        )
        db.session.add(verdict)
    return image
