"""What a reviewer says about an image, checked, and what it leads to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gallery.errors import GalleryError
from gallery.location.position import Position
from gallery.models.claim import Source
from gallery.models.image import Image
from gallery.models.review_state import ReviewState
from gallery.models.user import User
from gallery.models.verdict import Decision, Reason, Verdict

LONGEST_COMMENT = 4_000


class VerdictInvalid(GalleryError):
    """A verdict cannot be as asked."""

    code = "verdict_invalid"
    status = 422


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer says about an image."""

    decision: Decision
    trusted: Source | None = None
    """Whose claim shall be believed; None: nothing is said of that, and `gps` stays as it is."""
    place: Position | None = None
    """Where it was taken, put by hand: only with `Source.MANUAL`."""
    reasons: Sequence[Reason] = ()
    comment: str = ""


def first_of(image: Image, judgement: Judgement, person: User, before: Sequence[Verdict]) -> Verdict | None:
    """The approval that waits for a second person, if this is one and agrees."""
    waiting = image.review is ReviewState.AWAITS_SECOND and judgement.decision is Decision.APPROVED
    if not waiting or not before or before[0].user_number in (None, person.number):
        return None
    first = before[0]
    agrees = judgement.trusted is first.trusted and judgement.place in (None, first.place)
    return first if agrees else None


def completed(judgement: Judgement, first: Verdict | None) -> Judgement:
    """Who agrees with a place that was put by hand need not put it again."""
    return judgement if first is None else replace(judgement, place=first.place)


def check(judgement: Judgement, image: Image) -> None:
    """Raises VerdictInvalid for what makes no sense of this image."""
    trusted = judgement.trusted
    if trusted and judgement.decision is Decision.NEEDS_INFO:
        raise VerdictInvalid("Who asks for information believes no source yet. Leave that out.")
    if judgement.place and trusted is not Source.MANUAL:
        raise VerdictInvalid("A place put by hand goes with trusting it.")
    is_there = any(claim.source is trusted for claim in image.claims) or judgement.place is not None
    if trusted and not is_there:
        raise VerdictInvalid("That source claims no position for this image.")
    if len(judgement.comment) > LONGEST_COMMENT:
        raise VerdictInvalid("A comment has %(most)s characters at most.", most=LONGEST_COMMENT)


def outcome_of(image: Image, judgement: Judgement, first: Verdict | None) -> ReviewState:
    """What the image's review is from then on."""
    if judgement.decision is Decision.NEEDS_INFO:
        return ReviewState.NEEDS_INFO
    if judgement.decision is Decision.REJECTED:
        return ReviewState.REJECTED
    is_alone = image.album.needs_second and first is None
    return ReviewState.AWAITS_SECOND if is_alone else ReviewState.APPROVED
