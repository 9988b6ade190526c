"""Reviews in words."""

from dataclasses import dataclass
from datetime import tzinfo

from gallery.models.claim import Source
from gallery.models.review_state import ReviewState
from gallery.models.verdict import Decision, Reason, Verdict
from gallery.present import words
from gallery.present.review_queue import Part

PARTS = {
    Part.WAITING: "Waiting",
    Part.CONFLICT: "Conflicts",
    Part.UNREVIEWED: "Unreviewed",
    Part.CHANGED: "Changed since",
    Part.AWAITS_SECOND: "Awaiting a second",
    Part.NEEDS_INFO: "Needs information",
    Part.DECIDED: "Decided",
}
STATES = {
    ReviewState.UNREVIEWED: "Unreviewed",
    ReviewState.AWAITS_SECOND: "Awaits a second pair of eyes",
    ReviewState.NEEDS_INFO: "Needs information",
    ReviewState.CHANGED: "Changed since it was decided",
    ReviewState.APPROVED: "Approved",
    ReviewState.REJECTED: "Rejected",
}
DECISIONS = {
    Decision.APPROVED: "approved it",
    Decision.REJECTED: "rejected it",
    Decision.NEEDS_INFO: "asked for information",
}
REASONS = {
    Reason.SOURCES_AGREE: "The sources agree",
    Reason.PLACE_RECOGNISED: "The place can be recognised",
    Reason.UPLOADED_ELSEWHERE: "Uploaded somewhere else than taken",
    Reason.SOURCE_WRONG: "A source is wrong about the place",
    Reason.WRONG_PLACE: "Not taken where it should be",
    Reason.WRONG_TIME: "Not taken when it should be",
    Reason.EDITED: "The picture was edited",
    Reason.NOT_ORIGINAL: "A picture of a picture or a screen",
    Reason.TWICE: "Handed in before",
    Reason.UNCLEAR: "Too little can be seen",
    Reason.OTHER: "Another reason: see the comment",
}
TRUST = {
    Source.EXIF: "EXIF",
    Source.HTML: "Browser",
    Source.IP: "IP address",
    Source.MANUAL: "By hand",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict as people read it."""

    who: str
    what: str
    """After the name: `approved it`."""
    when: str
    trusted: str
    """Empty: it named no source."""
    place: str
    reasons: list[str]
    comment: str
    undone: str
    """By whom and when; empty: it stands."""


def decided(verdict: Verdict, zone: tzinfo) -> Decided:
    """The verdict, its times by the clock of a zone."""
    undone = verdict.undone_at
    what = DECISIONS[verdict.decision]
    if verdict.outcome is ReviewState.AWAITS_SECOND:
        what = "approved it, as the first of two"
    return Decided(
        who=verdict.reviewer_name,
        what=what,
        when=words.instant(verdict.decided_at.astimezone(zone)),
        trusted=TRUST[verdict.trusted] if verdict.trusted else "",
        place=words.coordinates(*verdict.place) if verdict.place else "",
        reasons=[REASONS[Reason(reason)] for reason in verdict.reasons],
        comment=verdict.comment,
        undone=f"{verdict.undone_by_name}, {words.instant(undone.astimezone(zone))}" if undone else "",
    )
