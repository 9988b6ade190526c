"""`/api/v1/reviews`: what waits for reviewers, what they decide, and its undoing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from flask import Blueprint, Response, request
from msgspec import Meta, field

from gallery import current
from gallery.access import Action, may_review
from gallery.api.access import Denied, caller, image_for, images_for
from gallery.api.answer import answer
from gallery.api.credential import needs
from gallery.api.filter_asked import FilterAsked
from gallery.api.operation import Given, operation
from gallery.api.paging import After, CursorInvalid, Limit, key_after, with_next
from gallery.api.received import BodyInvalid, QueryInvalid, body, query
from gallery.api.revisions import accepted
from gallery.db import db
from gallery.editing.revision import PreconditionFailed, revision_of
from gallery.errors import NotFound
from gallery.location.position import Position
from gallery.models.claim import Source
from gallery.models.image import Image
from gallery.models.personal_token import Scope
from gallery.models.scope import of_person
from gallery.models.user import User
from gallery.models.verdict import Decision, Reason
from gallery.present.filters.filter import Filter
from gallery.present.filters.filter_query import FilterInvalid
from gallery.present.reviews.part import Part
from gallery.present.reviews.queue import ReviewQueue
from gallery.present.reviews.queue_place import QueuePlace
from gallery.present.reviews.record import FullReviewRecord, ReviewRecord, full_record, review_records
from gallery.present.reviews.verdict_record import Decided, Trusted, VerdictRecord, verdict_record
from gallery.review.judgement import LONGEST_COMMENT, Judgement, VerdictInvalid
from gallery.review.reviewing import VerdictOver, decide_all, undo

blueprint = Blueprint("api_reviews", __name__, url_prefix="/api/v1/reviews")
_IF_MATCH = {"If-Match": "The `ETag`s of the states that you know: 412 if an image's is not among them."}


class ReviewsAsked(FilterAsked, kw_only=True):
    """Which images: a part of the queue, and the filter of pages' addresses."""

    limit: Limit = 100
    after: After = ""
    part: Annotated[
        Literal["", "conflict", "unreviewed", "changed", "awaits_second", "needs_info", "decided"],
        Meta(description="Without it, all that waits for a verdict."),
    ] = ""


class NewVerdict(Given):
    """What is decided, of which images."""

    ids: Annotated[list[str], Meta(min_length=1, max_length=1_000)]
    decision: Decided
    trusted: Trusted | None = None
    """The source whose claim shall be believed; null: `gps` stays as it is."""
    place: (
        tuple[
            Annotated[float, Meta(ge=-90, le=90)],
            Annotated[float, Meta(ge=-180, le=180)],
        ]
        | None
    ) = None
    """[latitude, longitude] put by hand, with `trusted` "manual"."""
    reasons: list[Reason] = field(default_factory=list)
    comment: Annotated[str, Meta(max_length=LONGEST_COMMENT)] = ""


@blueprint.get("")
@operation(
    "List the review queue",
    query=ReviewsAsked,
    answers={200: list[ReviewRecord]},
    refusals=(QueryInvalid, CursorInvalid, FilterInvalid),
)
def index() -> Response:
    """What waits for the caller's verdict, the gravest doubt first, then the oldest; `Link` leads on."""
    user, asked = _reviewer(), query(ReviewsAsked)
    queue = ReviewQueue(of_person(user), Filter.from_query(request.args), user, Part(asked.part))
    key = key_after(asked)
    place = QueuePlace(key[0], datetime.fromisoformat(key[1]), key[2]) if key else None
    found = queue.images(place, asked.limit + 1)
    shown = found[: asked.limit]
    last = QueuePlace.of(shown[-1]) if len(found) > asked.limit else None
    response = answer(review_records(shown, current.settings()))
    return with_next(response, (last[0], last[1].isoformat(), last[2]) if last else None)


@blueprint.get("/<image_id>")
@operation("Read a review", answers={200: FullReviewRecord}, refusals=(NotFound,))
def show(image_id: str) -> Response:
    """How far the review of one image is, with all verdicts. The `ETag` is that of the image."""
    return _answer(image_for(caller(), Action.SEE, image_id))


@blueprint.post("")
@operation(
    "Decide",
    body=NewVerdict,
    headers=_IF_MATCH,
    answers={201: list[VerdictRecord]},
    refusals=(BodyInvalid, VerdictInvalid, PreconditionFailed, NotFound),
)
@needs(Scope.REVIEW)
def create() -> Response:
    """One verdict on up to 1,000 images, all or none. For reviewers; never of own uploads."""
    user, given = caller(), body(NewVerdict)
    images = _not_own(user, images_for(user, Action.REVIEW, given.ids))
    ids, settings = [image.id for image in images], current.settings()
    verdicts = decide_all(images, _judgement(given), user, settings, accepted)
    pairs = zip(verdicts, ids, strict=True)
    response = answer([verdict_record(verdict, image_id, settings) for verdict, image_id in pairs], 201)
    db.session.commit()
    return response


@blueprint.delete("/<image_id>")
@operation(
    "Undo the last verdict",
    headers=_IF_MATCH,
    answers={200: FullReviewRecord},
    refusals=(VerdictOver, PreconditionFailed, NotFound),
)
@needs(Scope.REVIEW)
def delete(image_id: str) -> Response:
    """The caller's own, for admins anybody's. Image and `gps` are as they were before it."""
    user = caller()
    image = image_for(user, Action.REVIEW, image_id)
    undo(image, user, current.settings(), accepted)
    response = _answer(image)
    db.session.commit()
    return response


def _reviewer() -> User:
    user = caller()
    if not may_review(user):
        raise Denied
    return user


def _not_own(user: User, images: Iterable[Image]) -> list[Image]:
    """Raises Denied for who brought one of them."""
    found = list(images)
    if any(image.uploader_number == user.number for image in found):
        raise Denied
    return found


def _judgement(given: NewVerdict) -> Judgement:
    return Judgement(
        Decision(given.decision),
        Source(given.trusted) if given.trusted else None,
        Position(*given.place) if given.place else None,
        tuple(given.reasons),
        given.comment,
    )


def _answer(image: Image) -> Response:
    response = answer(full_record(image, current.settings()))
    response.set_etag(revision_of(image))
    return response
